package dev.switchback.core.nn;

import java.util.Arrays;

/**
 * Where each parameter lies in memory: the only place that knows.
 *
 * <p>A narrow layer is one block, neuron by neuron, the bias last, for short dot products:
 *
 * <pre>  block: w[0->0] w[1->0] ... b[0]   w[0->1] w[1->1] ... b[1]   ...</pre>
 *
 * A wide layer is one block per input and one for the biases, each as long as the layer is wide, so
 * that every array in a sweep is read at the same index, which is what C2 turns into vector code:
 *
 * <pre>  block i: w[i->0] w[i->1] ...      last block: b[0] b[1] ...</pre>
 *
 * <p>Immutable. Float and fixed engines share it. A bias is row {@code fanIn}.
 */
public final class Layout {
  /** Layers with at least this many neurons are wide. */
  static final int WIDE_FROM = 16;

  private final Topology topology;
  private final int wideFrom;
  private final int[] firstBlocks;

  /** Every layer in the shape that suits its width. */
  Layout(Topology topology) {
    this(topology, WIDE_FROM);
  }

  private Layout(Topology topology, int wideFrom) {
    this.topology = topology;
    this.wideFrom = wideFrom;
    this.firstBlocks = new int[topology.layers() + 1];
    for (int l = 0; l < topology.layers(); l++) {
      int blocks = isWide(l) ? topology.fanIn(l) + 1 : topology.fanOut(l);
      firstBlocks[l + 1] = firstBlocks[l] + blocks;
    }
  }

  /** Every layer in the narrow shape, for sums whose order does not matter. */
  public static Layout byNeuron(Topology topology) {
    return new Layout(topology, Integer.MAX_VALUE);
  }

  boolean isWide(int layer) {
    return topology.fanOut(layer) >= wideFrom;
  }

  /** Number of blocks of all layers together. */
  int blocks() {
    return firstBlocks[firstBlocks.length - 1];
  }

  /** First block of a layer. */
  int firstBlock(int layer) {
    return firstBlocks[layer];
  }

  /** Length of every block of this layer. */
  int blockLength(int layer) {
    return isWide(layer) ? topology.fanOut(layer) : topology.fanIn(layer) + 1;
  }

  /** Length of each block, all layers in order: what memory to take. */
  public int[] blockLengths() {
    int[] lengths = new int[blocks()];
    for (int l = 0; l < topology.layers(); l++) {
      Arrays.fill(lengths, firstBlocks[l], firstBlocks[l + 1], blockLength(l));
    }
    return lengths;
  }

  /** Block that holds the weight from input {@code row} to neuron {@code column}. */
  public int block(int layer, int row, int column) {
    return firstBlocks[layer] + (isWide(layer) ? row : column);
  }

  /** Position of that weight in its {@link #block}. */
  public int position(int layer, int row, int column) {
    return isWide(layer) ? column : row;
  }
}
