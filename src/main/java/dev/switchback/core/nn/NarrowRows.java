package dev.switchback.core.nn;

/**
 * The loops for a layer of few neurons: one row per neuron, the bias last. Each sum is a chain of
 * dependent operations; six neurons computed together hide its latency.
 */
final class NarrowRows {
  private static final int SIDE_BY_SIDE = 6;

  private NarrowRows() {}

  static void forward(LayerPlan<Layer> plan, float[][] blocks, float[] in, float[] out) {
    int fanOut = plan.fanOut();
    if (fanOut < SIDE_BY_SIDE || plan.isSmall()) {
      for (int j = 0; j < fanOut; j++) {
        out[j] = sum(blocks[plan.firstBlock() + j], in, plan.fanIn());
      }
    } else {
      for (int j = 0; j < fanOut; j += SIDE_BY_SIDE) {
        addSix(plan, blocks, in, out, Math.min(j, fanOut - SIDE_BY_SIDE));
      }
    }
    plan.activation().apply(out, fanOut);
  }

  private static float sum(float[] row, float[] in, int fanIn) {
    float sum = row[fanIn];
    for (int i = 0; i < fanIn; i++) {
      sum = Math.fma(in[i], row[i], sum);
    }
    return sum;
  }

  /** The last group overlaps the one before it, so no remainder loop is needed. */
  private static void addSix(
      LayerPlan<Layer> plan, float[][] blocks, float[] in, float[] out, int j) {
    int fanIn = plan.fanIn();
    int b = plan.firstBlock() + j;
    float[] row0 = blocks[b];
    float[] row1 = blocks[b + 1];
    float[] row2 = blocks[b + 2];
    float[] row3 = blocks[b + 3];
    float[] row4 = blocks[b + 4];
    float[] row5 = blocks[b + 5];
    float sum0 = row0[fanIn];
    float sum1 = row1[fanIn];
    float sum2 = row2[fanIn];
    float sum3 = row3[fanIn];
    float sum4 = row4[fanIn];
    float sum5 = row5[fanIn];
    for (int i = 0; i < fanIn; i++) {
      float value = in[i];
      sum0 = Math.fma(value, row0[i], sum0);
      sum1 = Math.fma(value, row1[i], sum1);
      sum2 = Math.fma(value, row2[i], sum2);
      sum3 = Math.fma(value, row3[i], sum3);
      sum4 = Math.fma(value, row4[i], sum4);
      sum5 = Math.fma(value, row5[i], sum5);
    }
    out[j] = sum0;
    out[j + 1] = sum1;
    out[j + 2] = sum2;
    out[j + 3] = sum3;
    out[j + 4] = sum4;
    out[j + 5] = sum5;
  }

  static void backpropagate(
      LayerPlan<Layer> plan, float[][] blocks, float[] deltas, float[] inDeltas) {
    for (int j = 0; j < plan.fanOut(); j++) {
      float[] row = blocks[plan.firstBlock() + j];
      float delta = deltas[j];
      for (int i = 0; i < plan.fanIn(); i++) {
        inDeltas[i] = Math.fma(row[i], delta, j == 0 ? 0f : inDeltas[i]);
      }
    }
  }

  static void accumulate(
      LayerPlan<Layer> plan, float[][] target, float[] in, float[] deltas, float factor) {
    for (int j = 0; j < plan.fanOut(); j++) {
      float[] row = target[plan.firstBlock() + j];
      float delta = deltas[j];
      for (int i = 0; i < plan.fanIn(); i++) {
        row[i] = Math.fma(factor * in[i], delta, row[i]);
      }
      row[plan.fanIn()] = Math.fma(factor, delta, row[plan.fanIn()]);
    }
  }
}
