package dev.switchback.core.nn;

/**
 * One layer, and through the next one the way to the output. It holds no values: parameters,
 * activations and deltas are the caller's, so it is shared by all threads.
 */
abstract class Layer {

  /** Forward pass from here on: {@code activation(bias + in . weights)} in every layer. */
  abstract void infer(float[][] blocks, float[] in, float[] output, Workspace workspace);

  /** Leaves {@code d loss / d z} of this and all later layers in the workspace. */
  abstract void backward(float[][] blocks, float[] target, Loss loss, Workspace workspace);

  /** {@code inDeltas[i] = sum_j weight[i->j] deltas[j]}. */
  abstract void backpropagate(float[][] blocks, float[] deltas, float[] inDeltas);

  /**
   * In this and all later layers {@code target[i->j] += (factor in[i]) deltas[j]}; a bias is the
   * weight of an input 1.
   */
  abstract void accumulate(float[][] target, float factor, Workspace workspace);
}
