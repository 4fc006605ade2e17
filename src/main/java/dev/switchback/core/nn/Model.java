package dev.switchback.core.nn;

/**
 * A trained network that is ready to run: immutable parameters and its own workspace.
 *
 * <p><b>Not thread-safe</b>: a model belongs to one thread at a time. The control loop owns the
 * model published to it; other threads create their own from the parameters.
 */
public interface Model {

  Topology topology();

  /**
   * Runs the forward pass. Allocates nothing.
   *
   * @param inputs {@code topology().inputs()} values; a switch is 0 or 1
   * @param outputs receives {@code topology().outputs()} values
   */
  void infer(float[] inputs, float[] outputs);

  /**
   * Returns the class that the outputs represent: a single output rounded (0.5 gives 0), or the
   * index of the largest output (the lower one in a tie). Only {@link #isFinite finite} outputs
   * represent a class; the caller checks that first.
   */
  static int answer(float[] outputs) {
    if (outputs.length == 1) {
      return outputs[0] > 0.5f ? 1 : 0;
    }
    int best = 0;
    for (int j = 1; j < outputs.length; j++) {
      if (outputs[j] > outputs[best]) {
        best = j;
      }
    }
    return best;
  }

  /** Returns whether every output is finite. */
  static boolean isFinite(float[] outputs) {
    for (float output : outputs) {
      if (!Float.isFinite(output)) {
        return false;
      }
    }
    return true;
  }

  /** Returns the output to display: the only one, or that of class 1. */
  static float displayedOutput(float[] outputs) {
    return outputs.length == 1 ? outputs[0] : outputs[1];
  }
}
