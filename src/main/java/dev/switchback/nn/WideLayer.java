package dev.switchback.nn;

/**
 * A layer of many neurons: one row per input, four rows a sweep, every array at the same index. C2
 * vectorises these loops along the row; each neuron's sum still adds its inputs in ascending order.
 */
final class WideLayer extends DenseLayer {

  WideLayer(Topology topology, Layout layout, int layer) {
    super(topology, layout, layer);
  }

  @Override
  void preActivations(float[][] blocks, float[] in, float[] out) {
    System.arraycopy(blocks[firstBlock + fanIn], 0, out, 0, fanOut);
    int i = 0;
    for (; i + 4 <= fanIn; i += 4) {
      addFourRows(blocks, firstBlock + i, in, i, out, fanOut);
    }
    for (; i < fanIn; i++) {
      addRow(blocks[firstBlock + i], in[i], out, fanOut);
    }
  }

  private static void addFourRows(
      float[][] blocks, int b, float[] in, int i, float[] out, int fanOut) {
    float[] row0 = blocks[b];
    float[] row1 = blocks[b + 1];
    float[] row2 = blocks[b + 2];
    float[] row3 = blocks[b + 3];
    float in0 = in[i];
    float in1 = in[i + 1];
    float in2 = in[i + 2];
    float in3 = in[i + 3];
    for (int j = 0; j < fanOut; j++) {
      float sum = Math.fma(in0, row0[j], out[j]);
      sum = Math.fma(in1, row1[j], sum);
      sum = Math.fma(in2, row2[j], sum);
      out[j] = Math.fma(in3, row3[j], sum);
    }
  }

  private static void addRow(float[] row, float factor, float[] out, int fanOut) {
    for (int j = 0; j < fanOut; j++) {
      out[j] = Math.fma(factor, row[j], out[j]);
    }
  }

  @Override
  void backpropagate(float[][] blocks, float[] deltas, float[] inDeltas) {
    int i = 0;
    for (; i + 4 <= fanIn; i += 4) {
      dotFourRows(blocks, firstBlock + i, deltas, inDeltas, i, fanOut);
    }
    for (; i < fanIn; i++) {
      float[] row = blocks[firstBlock + i];
      float sum = 0f;
      for (int j = 0; j < fanOut; j++) {
        sum = Math.fma(row[j], deltas[j], sum);
      }
      inDeltas[i] = sum;
    }
  }

  /** Four sums side by side hide the latency of one. */
  private static void dotFourRows(
      float[][] blocks, int b, float[] deltas, float[] inDeltas, int i, int fanOut) {
    float[] row0 = blocks[b];
    float[] row1 = blocks[b + 1];
    float[] row2 = blocks[b + 2];
    float[] row3 = blocks[b + 3];
    float sum0 = 0f;
    float sum1 = 0f;
    float sum2 = 0f;
    float sum3 = 0f;
    for (int j = 0; j < fanOut; j++) {
      float delta = deltas[j];
      sum0 = Math.fma(row0[j], delta, sum0);
      sum1 = Math.fma(row1[j], delta, sum1);
      sum2 = Math.fma(row2[j], delta, sum2);
      sum3 = Math.fma(row3[j], delta, sum3);
    }
    inDeltas[i] = sum0;
    inDeltas[i + 1] = sum1;
    inDeltas[i + 2] = sum2;
    inDeltas[i + 3] = sum3;
  }

  @Override
  void accumulate(float[][] target, float[] in, float[] deltas) {
    for (int i = 0; i < fanIn; i++) {
      addRow(deltas, in[i], target[firstBlock + i], fanOut);
    }
    float[] biases = target[firstBlock + fanIn];
    for (int j = 0; j < fanOut; j++) {
      biases[j] += deltas[j];
    }
  }
}
