package dev.switchback.nn;

import java.util.Arrays;

/** A layer of few neurons: one block, one short dot product per neuron. */
final class NarrowLayer extends DenseLayer {

  NarrowLayer(Topology topology, Layout layout, int layer) {
    super(topology, layout, layer);
  }

  @Override
  void preActivations(float[][] blocks, float[] in, float[] out) {
    float[] w = blocks[firstBlock];
    for (int j = 0, r = 0; j < fanOut; j++, r += fanIn + 1) {
      float sum = w[r + fanIn];
      for (int i = 0; i < fanIn; i++) {
        sum = Math.fma(in[i], w[r + i], sum);
      }
      out[j] = sum;
    }
  }

  @Override
  void backpropagate(float[][] blocks, float[] deltas, float[] inDeltas) {
    float[] w = blocks[firstBlock];
    Arrays.fill(inDeltas, 0f);
    for (int j = 0, r = 0; j < fanOut; j++, r += fanIn + 1) {
      for (int i = 0; i < fanIn; i++) {
        inDeltas[i] = Math.fma(w[r + i], deltas[j], inDeltas[i]);
      }
    }
  }

  @Override
  void accumulate(float[][] target, float[] in, float[] deltas) {
    float[] t = target[firstBlock];
    for (int j = 0, r = 0; j < fanOut; j++, r += fanIn + 1) {
      float delta = deltas[j];
      for (int i = 0; i < fanIn; i++) {
        t[r + i] = Math.fma(in[i], delta, t[r + i]);
      }
      t[r + fanIn] += delta;
    }
  }
}
