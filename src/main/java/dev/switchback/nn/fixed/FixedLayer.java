package dev.switchback.nn.fixed;

import dev.switchback.nn.Layout;
import dev.switchback.nn.Topology;

/**
 * The loops over one dense layer's raw parameters, one shape of memory each (see {@link Layout}).
 * Sums of products are exact in 64 bits, so their order does not matter; each is rounded once.
 */
abstract sealed class FixedLayer permits FixedNarrowLayer, FixedWideLayer {
  final QFormat format;
  final int fanIn;
  final int fanOut;
  final int firstBlock;

  FixedLayer(Topology topology, Layout layout, QFormat format, int layer) {
    this.format = format;
    this.fanIn = topology.fanIn(layer);
    this.fanOut = topology.fanOut(layer);
    this.firstBlock = layout.firstBlock(layer);
  }

  static FixedLayer of(Topology topology, Layout layout, QFormat format, int layer) {
    return layout.isWide(layer)
        ? new FixedWideLayer(topology, layout, format, layer)
        : new FixedNarrowLayer(topology, layout, format, layer);
  }

  /** {@code out = bias + in . weights}, before the activation function. */
  abstract void preActivations(int[][] blocks, int[] in, int[] out);

  /** {@code inDeltas[i] = sum_j weight[i->j] deltas[j]}. */
  abstract void backpropagate(int[][] blocks, int[] deltas, int[] inDeltas);

  /** Adds this sample's gradient, with {@code 2n} fraction bits and exact. */
  abstract void accumulate(long[][] gradient, int[] in, int[] deltas);
}
