package dev.switchback.nn.fixed;

import dev.switchback.nn.Layout;
import dev.switchback.nn.Topology;

/** A layer of many neurons: one row per input, every array of a sweep at the same index. */
final class FixedWideLayer extends FixedLayer {

  FixedWideLayer(Topology topology, Layout layout, QFormat format, int layer) {
    super(topology, layout, format, layer);
  }

  @Override
  void preActivations(int[][] blocks, int[] in, int[] out) {
    int[] biases = blocks[firstBlock + fanIn];
    int n = format.fractionBits();
    for (int j = 0; j < fanOut; j++) {
      long sum = (long) biases[j] << n;
      for (int i = 0; i < fanIn; i++) {
        sum += (long) in[i] * blocks[firstBlock + i][j];
      }
      out[j] = format.requantize(sum);
    }
  }

  @Override
  void backpropagate(int[][] blocks, int[] deltas, int[] inDeltas) {
    for (int i = 0; i < fanIn; i++) {
      int[] row = blocks[firstBlock + i];
      long sum = 0;
      for (int j = 0; j < fanOut; j++) {
        sum += (long) row[j] * deltas[j];
      }
      inDeltas[i] = format.requantize(sum);
    }
  }

  @Override
  void accumulate(long[][] gradient, int[] in, int[] deltas) {
    for (int i = 0; i < fanIn; i++) {
      addRow(gradient[firstBlock + i], in[i], deltas);
    }
    addRow(gradient[firstBlock + fanIn], format.one(), deltas);
  }

  private static void addRow(long[] row, long factor, int[] deltas) {
    for (int j = 0; j < deltas.length; j++) {
      row[j] += factor * deltas[j];
    }
  }
}
