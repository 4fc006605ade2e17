package dev.switchback.core.nn;

/**
 * One layer, linked to the next one up to the output. It holds no values: parameters, activations
 * and deltas belong to the caller, so all threads share it.
 */
abstract class Layer {

  /**
   * Runs the forward pass from this layer on: {@code activation(bias + in . weights)} in every
   * layer.
   */
  abstract void infer(float[][] blocks, float[] in, float[] output, Workspace workspace);

  /** Writes {@code d loss / d z} of this and all later layers to the workspace. */
  abstract void backward(float[][] blocks, float[] target, Loss loss, Workspace workspace);

  /** Computes {@code inDeltas[i] = sum_j weight[i->j] deltas[j]}. */
  abstract void backpropagate(float[][] blocks, float[] deltas, float[] inDeltas);

  /**
   * Computes {@code target[i->j] += (factor in[i]) deltas[j]} in this and all later layers; a bias
   * is the weight of an input 1.
   */
  abstract void accumulate(float[][] target, float factor, Workspace workspace);
}
