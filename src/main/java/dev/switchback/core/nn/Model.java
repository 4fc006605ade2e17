package dev.switchback.core.nn;

/**
 * A trained network ready to answer: immutable parameters and a workspace of its own.
 *
 * <p><b>Not thread-safe</b>: a model belongs to one thread at a time. The control loop owns what
 * was published to it; whoever else wants to ask makes a model of their own from the parameters.
 */
public interface Model {

  Topology topology();

  /**
   * Forward pass. Allocates nothing.
   *
   * @param inputs {@code topology().inputs()} values; a switch is 0 or 1
   * @param outputs receives {@code topology().outputs()} values
   */
  void infer(float[] inputs, float[] outputs);

  /**
   * The class the outputs stand for. One output is rounded (one half answers 0); of several the
   * largest wins (a tie answers the lower class). Outputs that are not {@link #isFinite finite}
   * stand for none, and whoever judges asks that first.
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

  /** Whether no output is infinite or NaN. */
  static boolean isFinite(float[] outputs) {
    for (float output : outputs) {
      if (!Float.isFinite(output)) {
        return false;
      }
    }
    return true;
  }

  /** The one number people look at: the only output, or the output of class 1. */
  static float shownOutput(float[] outputs) {
    return outputs.length == 1 ? outputs[0] : outputs[1];
  }
}
