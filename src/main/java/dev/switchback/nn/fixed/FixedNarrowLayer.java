package dev.switchback.nn.fixed;

import dev.switchback.nn.Layout;
import dev.switchback.nn.Topology;

/** A layer of few neurons: one block, one short dot product per neuron. */
final class FixedNarrowLayer extends FixedLayer {

  FixedNarrowLayer(Topology topology, Layout layout, QFormat format, int layer) {
    super(topology, layout, format, layer);
  }

  @Override
  void preActivations(int[][] blocks, int[] in, int[] out) {
    int[] w = blocks[firstBlock];
    int n = format.fractionBits();
    for (int j = 0, r = 0; j < fanOut; j++, r += fanIn + 1) {
      long sum = (long) w[r + fanIn] << n;
      for (int i = 0; i < fanIn; i++) {
        sum += (long) in[i] * w[r + i];
      }
      out[j] = format.requantize(sum);
    }
  }

  @Override
  void backpropagate(int[][] blocks, int[] deltas, int[] inDeltas) {
    int[] w = blocks[firstBlock];
    for (int i = 0; i < fanIn; i++) {
      long sum = 0;
      for (int j = 0, r = i; j < fanOut; j++, r += fanIn + 1) {
        sum += (long) w[r] * deltas[j];
      }
      inDeltas[i] = format.requantize(sum);
    }
  }

  @Override
  void accumulate(long[][] gradient, int[] in, int[] deltas) {
    long[] g = gradient[firstBlock];
    for (int j = 0, r = 0; j < fanOut; j++, r += fanIn + 1) {
      long delta = deltas[j];
      for (int i = 0; i < fanIn; i++) {
        g[r + i] += in[i] * delta;
      }
      g[r + fanIn] += delta << format.fractionBits();
    }
  }
}
