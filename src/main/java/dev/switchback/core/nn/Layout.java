package dev.switchback.core.nn;

import java.util.Arrays;

/**
 * The position of each parameter in memory.
 *
 * <p>A narrow layer has one block per neuron, the bias last, for short dot products:
 *
 * <pre>  block j: w[0->j] w[1->j] ... b[j]</pre>
 *
 * A wide layer has one block per input and one for the biases. Each holds one value per neuron, so
 * a loop reads every array at the same index, which C2 vectorises:
 *
 * <pre>  block i: w[i->0] w[i->1] ...      last block: b[0] b[1] ...</pre>
 *
 * <p>A bias is row {@code fanIn}. Both engines use this class. Immutable.
 */
public final class Layout {
  /** Layers with at least this many neurons are wide. */
  static final int WIDE_FROM = 16;

  private final Topology topology;
  private final int wideFrom;
  private final int[] firstBlocks;

  /** Lays out each layer as narrow or wide, depending on its width. */
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

  /** Returns a layout with only narrow layers, for sums whose order does not matter. */
  public static Layout byNeuron(Topology topology) {
    return new Layout(topology, Integer.MAX_VALUE);
  }

  boolean isWide(int layer) {
    return topology.fanOut(layer) >= wideFrom;
  }

  /** Returns the number of blocks in all layers. */
  int blocks() {
    return firstBlocks[firstBlocks.length - 1];
  }

  /** Returns the index of the first block of a layer. */
  int firstBlock(int layer) {
    return firstBlocks[layer];
  }

  /** Returns the length of each block in this layer. */
  int blockLength(int layer) {
    return isWide(layer) ? topology.fanOut(layer) : topology.fanIn(layer) + 1;
  }

  /** Returns the length of each block to allocate, layer by layer. */
  public int[] blockLengths() {
    int[] lengths = new int[blocks()];
    for (int l = 0; l < topology.layers(); l++) {
      Arrays.fill(lengths, firstBlocks[l], firstBlocks[l + 1], blockLength(l));
    }
    return lengths;
  }

  /** Returns the block that holds the weight from input {@code row} to neuron {@code column}. */
  public int block(int layer, int row, int column) {
    return firstBlocks[layer] + (isWide(layer) ? row : column);
  }

  /** Returns the position of that weight in its {@link #block}. */
  public int position(int layer, int row, int column) {
    return isWide(layer) ? column : row;
  }
}
