package dev.switchback.core.fixed;

import dev.switchback.core.nn.Loss;

/**
 * One layer in integers, linked to the next one up to the output. It holds no values, so all
 * threads share it.
 */
abstract class FixedLayer {

  /**
   * Runs the forward pass from this layer on: {@code activation(bias + in . weights)} in every
   * layer.
   */
  abstract void infer(int[][] blocks, int[] in, int[] output, FixedWorkspace workspace);

  /** Writes raw {@code d loss / d z} of this and all later layers to the workspace. */
  abstract void backward(int[][] blocks, int[] target, Loss loss, FixedWorkspace workspace);

  /**
   * Computes {@code inDeltas[i] = sum_j weight[i->j] deltas[j]}.
   *
   * @param sums scratch space, one value per input
   */
  abstract void backpropagate(int[][] blocks, int[] deltas, int[] inDeltas, long[] sums);

  /** Adds the exact gradient of this and all later layers, with 32 fraction bits. */
  abstract void accumulate(long[][] gradient, FixedWorkspace workspace);

  /** Changes the parameters of this and all later layers by the gradient of one sample alone. */
  abstract void step(int[][] blocks, FixedOptimiser optimiser, FixedWorkspace workspace);
}
