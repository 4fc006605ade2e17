package dev.switchback.nn;

/**
 * The loops over one dense layer's parameters, one shape of memory each (see {@link Layout}). A
 * kernel holds no values: parameters, activations and deltas are the caller's, so it is shared by
 * all threads.
 *
 * <p>Both shapes add in the same order (see {@link Elementary}) and give the same bits.
 */
abstract sealed class DenseLayer permits NarrowLayer, WideLayer {
  final int fanIn;
  final int fanOut;
  final int firstBlock;

  DenseLayer(Topology topology, Layout layout, int layer) {
    this.fanIn = topology.fanIn(layer);
    this.fanOut = topology.fanOut(layer);
    this.firstBlock = layout.firstBlock(layer);
  }

  static DenseLayer of(Topology topology, Layout layout, int layer) {
    return layout.isWide(layer)
        ? new WideLayer(topology, layout, layer)
        : new NarrowLayer(topology, layout, layer);
  }

  /** {@code out = bias + in . weights}, before the activation function. */
  abstract void preActivations(float[][] blocks, float[] in, float[] out);

  /** {@code inDeltas[i] = sum_j weight[i->j] deltas[j]}. */
  abstract void backpropagate(float[][] blocks, float[] deltas, float[] inDeltas);

  /** {@code target[i->j] += in[i] deltas[j]}, and the biases {@code += deltas[j]}. */
  abstract void accumulate(float[][] target, float[] in, float[] deltas);
}
