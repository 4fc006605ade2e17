package dev.switchback.nn.fixed;

import dev.switchback.nn.Activation;
import dev.switchback.nn.Layout;
import dev.switchback.nn.Loss;
import dev.switchback.nn.Topology;

/**
 * Forward and backward pass in integers, over parameters and a workspace that the caller owns. One
 * instance serves all threads. No method allocates.
 */
final class FixedNetwork {
  private final Topology topology;
  private final QFormat format;
  private final FixedLayer[] layers;
  private final FixedActivation activation;

  FixedNetwork(Topology topology, QFormat format) {
    this.topology = topology;
    this.format = format;
    this.activation = FixedActivation.of(format);
    this.layers = new FixedLayer[topology.layers()];
    Layout layout = new Layout(topology);
    for (int l = 0; l < layers.length; l++) {
      layers[l] = FixedLayer.of(topology, layout, format, l);
    }
  }

  Topology topology() {
    return topology;
  }

  QFormat format() {
    return format;
  }

  /** Forward pass over raw inputs already in {@code workspace.activations[0]}. */
  int[] forward(FixedParameters parameters, FixedWorkspace workspace) {
    int[][] a = workspace.activations;
    for (int l = 0; l < layers.length; l++) {
      layers[l].preActivations(parameters.blocks(), a[l], a[l + 1]);
      activation.apply(topology.activation(l), a[l + 1]);
    }
    return a[layers.length];
  }

  /** Backward pass after {@link #forward}: leaves raw {@code d loss / d z} in the workspace. */
  void backward(FixedParameters parameters, int[] target, Loss loss, FixedWorkspace workspace) {
    int[][] a = workspace.activations;
    int[][] deltas = workspace.deltas;
    int last = layers.length - 1;
    outputDeltas(loss, topology.activation(last), a[last + 1], target, deltas[last]);
    for (int l = last; l > 0; l--) {
      layers[l].backpropagate(parameters.blocks(), deltas[l], deltas[l - 1]);
      activation.multiplyByDerivative(topology.activation(l - 1), deltas[l - 1], a[l]);
    }
  }

  private void outputDeltas(
      Loss loss, Activation output, int[] outputs, int[] target, int[] deltas) {
    for (int j = 0; j < deltas.length; j++) {
      deltas[j] = format.saturate((long) outputs[j] - target[j]);
    }
    if (loss == Loss.SQUARED_ERROR) {
      activation.multiplyByDerivative(output, deltas, outputs);
    }
  }

  /** Adds the gradient of the last sample, with {@code 2n} fraction bits and exact. */
  void accumulate(FixedWorkspace workspace, long[][] gradient) {
    for (int l = 0; l < layers.length; l++) {
      layers[l].accumulate(gradient, workspace.activations[l], workspace.deltas[l]);
    }
  }
}
