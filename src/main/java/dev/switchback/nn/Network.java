package dev.switchback.nn;

/**
 * Forward and backward pass over parameters and a workspace that the caller owns. Holds only the
 * kernels chosen for the topology, so one instance serves all threads. No method allocates.
 */
public final class Network {
  private final Topology topology;
  private final DenseLayer[] layers;
  private final Activation[] activations;

  public Network(Topology topology) {
    this.topology = topology;
    Layout layout = new Layout(topology);
    this.layers = new DenseLayer[topology.layers()];
    this.activations = new Activation[topology.layers()];
    for (int l = 0; l < layers.length; l++) {
      layers[l] = DenseLayer.of(topology, layout, l);
      activations[l] = topology.activation(l);
    }
  }

  public Topology topology() {
    return topology;
  }

  /**
   * Forward pass.
   *
   * @param input one value per input; kept by reference for the backward pass
   * @return the workspace's output activations
   */
  public float[] forward(Parameters parameters, float[] input, Workspace workspace) {
    float[][] blocks = parameters.blocks();
    float[][] a = workspace.activations;
    a[0] = input;
    for (int l = 0; l < layers.length; l++) {
      layers[l].preActivations(blocks, a[l], a[l + 1]);
      activations[l].apply(a[l + 1], layers[l].fanOut);
    }
    return a[layers.length];
  }

  /**
   * Backward pass after {@link #forward} over the same parameters: leaves {@code d loss / d z} of
   * every layer in the workspace. Changes no parameter, so all deltas see the old weights.
   */
  public void backward(Parameters parameters, float[] target, Loss loss, Workspace workspace) {
    float[][] blocks = parameters.blocks();
    float[][] a = workspace.activations;
    float[][] deltas = workspace.deltas;
    int last = layers.length - 1;
    loss.outputDeltas(activations[last], a[last + 1], target, deltas[last]);
    for (int l = last; l > 0; l--) {
      layers[l].backpropagate(blocks, deltas[l], deltas[l - 1]);
      activations[l - 1].multiplyByDerivative(deltas[l - 1], a[l], layers[l].fanIn);
    }
  }

  /**
   * Adds {@code factor} times the gradient of the last sample to {@code target}: a gradient sum
   * with factor 1, or the parameters themselves with the negative learning rate. Scales the
   * workspace's deltas.
   */
  public void accumulate(Workspace workspace, float factor, Parameters target) {
    for (int l = 0; l < layers.length; l++) {
      float[] deltas = workspace.deltas[l];
      for (int j = 0; j < deltas.length; j++) {
        deltas[j] *= factor;
      }
      layers[l].accumulate(target.blocks(), workspace.activations[l], deltas);
    }
  }
}
