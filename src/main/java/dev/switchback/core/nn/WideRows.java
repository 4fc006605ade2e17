package dev.switchback.core.nn;

/**
 * The loops for a layer of many neurons: one row per input, eight rows per pass, every array at the
 * same index. C2 vectorises these loops along the row; each neuron still adds its inputs in
 * ascending order.
 */
final class WideRows {

  private WideRows() {}

  static void forward(LayerPlan<Layer> plan, float[][] blocks, float[] in, float[] out) {
    int fanIn = plan.fanIn();
    int fanOut = plan.fanOut();
    int firstBlock = plan.firstBlock();
    System.arraycopy(blocks[firstBlock + fanIn], 0, out, 0, fanOut);
    int i = 0;
    for (; i + 8 <= fanIn; i += 8) {
      addEightRows(blocks, firstBlock + i, in, i, out, fanOut);
    }
    for (; i < fanIn; i++) {
      addRow(blocks[firstBlock + i], in[i], out, fanOut);
    }
    plan.activation().apply(out, fanOut);
  }

  private static void addEightRows(
      float[][] blocks, int b, float[] in, int i, float[] out, int fanOut) {
    float[] row0 = blocks[b];
    float[] row1 = blocks[b + 1];
    float[] row2 = blocks[b + 2];
    float[] row3 = blocks[b + 3];
    float[] row4 = blocks[b + 4];
    float[] row5 = blocks[b + 5];
    float[] row6 = blocks[b + 6];
    float[] row7 = blocks[b + 7];
    float in0 = in[i];
    float in1 = in[i + 1];
    float in2 = in[i + 2];
    float in3 = in[i + 3];
    float in4 = in[i + 4];
    float in5 = in[i + 5];
    float in6 = in[i + 6];
    float in7 = in[i + 7];
    for (int j = 0; j < fanOut; j++) {
      float sum = Math.fma(in0, row0[j], out[j]);
      sum = Math.fma(in1, row1[j], sum);
      sum = Math.fma(in2, row2[j], sum);
      sum = Math.fma(in3, row3[j], sum);
      sum = Math.fma(in4, row4[j], sum);
      sum = Math.fma(in5, row5[j], sum);
      sum = Math.fma(in6, row6[j], sum);
      out[j] = Math.fma(in7, row7[j], sum);
    }
  }

  private static void addRow(float[] row, float factor, float[] out, int fanOut) {
    for (int j = 0; j < fanOut; j++) {
      out[j] = Math.fma(factor, row[j], out[j]);
    }
  }

  static void backpropagate(
      LayerPlan<Layer> plan, float[][] blocks, float[] deltas, float[] inDeltas) {
    int fanIn = plan.fanIn();
    int fanOut = plan.fanOut();
    int firstBlock = plan.firstBlock();
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

  /** Computes four sums at once to hide the latency of each. */
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

  static void accumulate(
      LayerPlan<Layer> plan, float[][] target, float[] in, float[] deltas, float factor) {
    int fanIn = plan.fanIn();
    int fanOut = plan.fanOut();
    int firstBlock = plan.firstBlock();
    for (int i = 0; i < fanIn; i++) {
      addRow(deltas, factor * in[i], target[firstBlock + i], fanOut);
    }
    addRow(deltas, factor, target[firstBlock + fanIn], fanOut);
  }
}
