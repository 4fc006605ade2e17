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

  /** Returns whether every output is finite. */
  static boolean isFinite(float[] outputs) {
    for (float output : outputs) {
      if (!Float.isFinite(output)) {
        return false;
      }
    }
    return true;
  }
}
