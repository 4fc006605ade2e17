package dev.switchback.core.nn;

import java.util.Arrays;

/**
 * All weights and biases of a network, or values of the same shape, such as a gradient.
 *
 * <p>Callers see the values in the documented order of {@link Topology}; the kernels in this
 * package use blocks arranged by {@link Layout}.
 */
public final class Parameters {
  private final Topology topology;
  private final Layout layout;
  private final float[][] blocks;

  /** Creates parameters that are all zero. */
  public Parameters(Topology topology) {
    this.topology = topology;
    this.layout = new Layout(topology);
    int[] lengths = layout.blockLengths();
    this.blocks = new float[lengths.length][];
    Arrays.setAll(blocks, b -> new float[lengths[b]]);
  }

  /**
   * Creates parameters with the given values.
   *
   * @param values in the documented order
   * @throws IllegalArgumentException if their number is not {@code topology.parameterCount()}
   */
  public static Parameters of(Topology topology, float... values) {
    if (values.length != topology.parameterCount()) {
      throw new IllegalArgumentException(
          topology + " has " + topology.parameterCount() + " parameters, not " + values.length);
    }
    Parameters parameters = new Parameters(topology);
    for (int l = 0; l < topology.layers(); l++) {
      for (int row = 0; row <= topology.fanIn(l); row++) {
        for (int column = 0; column < topology.fanOut(l); column++) {
          parameters.set(l, row, column, values[topology.index(l, row, column)]);
        }
      }
    }
    return parameters;
  }

  public Topology topology() {
    return topology;
  }

  public float get(int layer, int row, int column) {
    return blocks[layout.block(layer, row, column)][layout.position(layer, row, column)];
  }

  public void set(int layer, int row, int column, float value) {
    blocks[layout.block(layer, row, column)][layout.position(layer, row, column)] = value;
  }

  /** Returns the values in the documented order, as a new array. */
  public float[] toArray() {
    float[] values = new float[topology.parameterCount()];
    for (int l = 0; l < topology.layers(); l++) {
      for (int row = 0; row <= topology.fanIn(l); row++) {
        for (int column = 0; column < topology.fanOut(l); column++) {
          values[topology.index(l, row, column)] = get(l, row, column);
        }
      }
    }
    return values;
  }

  public Parameters copy() {
    Parameters copy = new Parameters(topology);
    copy.copyFrom(this);
    return copy;
  }

  /** Copies all values of {@code source}, which has the same topology. Allocates nothing. */
  public void copyFrom(Parameters source) {
    for (int b = 0; b < blocks.length; b++) {
      System.arraycopy(source.blocks[b], 0, blocks[b], 0, blocks[b].length);
    }
  }

  /** Returns whether every value is finite. Allocates nothing. */
  public boolean isFinite() {
    for (float[] block : blocks) {
      for (float value : block) {
        if (!Float.isFinite(value)) {
          return false;
        }
      }
    }
    return true;
  }

  /** Sets every value. Allocates nothing. */
  public void fill(float value) {
    for (float[] block : blocks) {
      Arrays.fill(block, value);
    }
  }

  /** Returns the arrays themselves, for the kernels in this package; see {@link Layout}. */
  float[][] blocks() {
    return blocks;
  }

  /** Compares topology and values bit by bit. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Parameters that
        && topology.equals(that.topology)
        && Arrays.deepEquals(blocks, that.blocks);
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(blocks);
  }
}
