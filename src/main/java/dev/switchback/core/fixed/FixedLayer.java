package dev.switchback.core.fixed;

import dev.switchback.core.nn.Loss;

/**
 * One layer in integers, and through the next one the way to the output. Holds no values: shared by
 * all threads.
 */
abstract class FixedLayer {

  /** Forward pass from here on: {@code activation(bias + in . weights)} in every layer. */
  abstract void infer(int[][] blocks, int[] in, int[] output, FixedWorkspace workspace);

  /** Leaves raw {@code d loss / d z} of this and all later layers in the workspace. */
  abstract void backward(int[][] blocks, int[] target, Loss loss, FixedWorkspace workspace);

  /**
   * {@code inDeltas[i] = sum_j weight[i->j] deltas[j]}.
   *
   * @param sums room for one value per input
   */
  abstract void backpropagate(int[][] blocks, int[] deltas, int[] inDeltas, long[] sums);

  /** Adds the gradient of this and all later layers, with 32 fraction bits and exact. */
  abstract void accumulate(long[][] gradient, FixedWorkspace workspace);
}
