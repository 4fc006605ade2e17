package dev.switchback.core.fixed;

import dev.switchback.core.nn.LayerPlan;
import dev.switchback.core.nn.Layout;
import dev.switchback.core.nn.Loss;
import dev.switchback.core.nn.Topology;

/**
 * Forward and backward pass in integers, over parameters and a workspace that the caller owns. One
 * instance serves all threads. No method allocates.
 */
final class FixedNetwork {
  private final FixedLayer first;

  FixedNetwork(Topology topology) {
    this.first = LayerPlan.chain(topology, Layout.byNeuron(topology), FixedDenseLayer::of);
  }

  /** Forward pass to answer, over raw values. */
  void infer(FixedParameters parameters, int[] inputs, int[] outputs, FixedWorkspace workspace) {
    first.infer(parameters.blocks(), inputs, outputs, workspace);
  }

  /**
   * Forward pass to learn from.
   *
   * @param inputs raw values; kept by reference for the backward pass
   * @return the workspace's raw output activations
   */
  int[] forward(FixedParameters parameters, int[] inputs, FixedWorkspace workspace) {
    int[] outputs = workspace.outputs();
    workspace.activations[0] = inputs;
    first.infer(parameters.blocks(), inputs, outputs, workspace);
    return outputs;
  }

  /** Backward pass after {@link #forward}: leaves raw {@code d loss / d z} in the workspace. */
  void backward(FixedParameters parameters, int[] target, Loss loss, FixedWorkspace workspace) {
    first.backward(parameters.blocks(), target, loss, workspace);
  }

  /** Adds the gradient of the last sample, with 32 fraction bits and exact. */
  void accumulate(FixedWorkspace workspace, long[][] gradient) {
    first.accumulate(gradient, workspace);
  }
}
