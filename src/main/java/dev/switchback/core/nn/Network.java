package dev.switchback.core.nn;

/**
 * Forward and backward pass over parameters and a workspace that the caller owns. Holds only the
 * layers' loops, so one instance serves all threads. No method allocates.
 */
public final class Network {
  private final Layer first;

  public Network(Topology topology) {
    this.first = LayerPlan.chain(topology, new Layout(topology), DenseLayer::of);
  }

  /**
   * Forward pass to answer.
   *
   * @param input one value per input
   * @param output receives one value per output
   */
  public void infer(Parameters parameters, float[] input, float[] output, Workspace workspace) {
    first.infer(parameters.blocks(), input, output, workspace);
  }

  /**
   * Forward pass to learn from.
   *
   * @param input one value per input; kept by reference for the backward pass
   * @return the workspace's output activations
   */
  public float[] forward(Parameters parameters, float[] input, Workspace workspace) {
    float[] output = workspace.outputs();
    workspace.activations[0] = input;
    first.infer(parameters.blocks(), input, output, workspace);
    return output;
  }

  /**
   * Backward pass after {@link #forward} over the same parameters: leaves {@code d loss / d z} of
   * every layer in the workspace. Changes no parameter, so all deltas see the old weights.
   */
  public void backward(Parameters parameters, float[] target, Loss loss, Workspace workspace) {
    first.backward(parameters.blocks(), target, loss, workspace);
  }

  /**
   * Adds {@code factor} times the gradient of the last sample to {@code target}: a gradient sum
   * with factor 1, or the parameters themselves with the negative learning rate.
   */
  public void accumulate(Workspace workspace, float factor, Parameters target) {
    first.accumulate(target.blocks(), factor, workspace);
  }
}
