package dev.switchback.tools.plot;

/** Values on a square grid, unknown (NaN) beyond its border. Immutable; any thread. */
final class Grid {
  private final int side;
  private final double[] values;

  private Grid(int side, double[] values) {
    this.side = side;
    this.values = values;
  }

  /**
   * Values row by row, the lowest row first.
   *
   * @throws IllegalArgumentException if they are not {@code side * side}
   */
  static Grid of(int side, double... values) {
    if (values.length != side * side) {
      throw new IllegalArgumentException(values.length + " values are no square of side " + side);
    }
    return new Grid(side, values.clone());
  }

  /** The outputs of a map; infinite ones become the largest float, which interpolates. */
  static Grid of(DecisionMap map) {
    int side = map.side();
    double[] values = new double[side * side];
    for (int p = 0; p < values.length; p++) {
      values[p] = Math.clamp(map.output(p % side, p / side), -Float.MAX_VALUE, Float.MAX_VALUE);
    }
    return new Grid(side, values);
  }

  /** This grid minus another of the same side. */
  Grid minus(Grid other) {
    if (other.side != side) {
      throw new IllegalArgumentException(
          "maps of " + side + " and " + other.side + " grid points a side have no difference");
    }
    double[] differences = new double[values.length];
    for (int p = 0; p < values.length; p++) {
      differences[p] = values[p] - other.values[p];
    }
    return new Grid(side, differences);
  }

  int side() {
    return side;
  }

  /** NaN beyond the border and where the value is not a number. */
  double value(int column, int row) {
    boolean isInside = column >= 0 && column < side && row >= 0 && row < side;
    return isInside ? values[row * side + column] : Double.NaN;
  }

  boolean hasUnknown() {
    for (double value : values) {
      if (Double.isNaN(value)) {
        return true;
      }
    }
    return false;
  }

  /** The smallest known value; positive infinity if none is. */
  double min() {
    double min = Double.POSITIVE_INFINITY;
    for (double value : values) {
      min = value < min ? value : min;
    }
    return min;
  }

  /** The largest known value; negative infinity if none is. */
  double max() {
    double max = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      max = value > max ? value : max;
    }
    return max;
  }

  /** Position, row by row, of the first known value farthest from 0; -1 if none is known. */
  int farthestFromZero() {
    int farthest = -1;
    for (int p = 0; p < values.length; p++) {
      if (!Double.isNaN(values[p])
          && (farthest < 0 || Math.abs(values[p]) > Math.abs(values[farthest]))) {
        farthest = p;
      }
    }
    return farthest;
  }
}
