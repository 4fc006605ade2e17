package dev.switchback.tools.plot;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Values on a square grid, unknown (NaN) beyond its border. Immutable; any thread.
 *
 * @param values row by row, the lowest row first; {@code side * side} of them
 */
@SuppressWarnings("ArrayRecordComponent") // callers do not keep the array
record Grid(int side, double... values) {
  /** Returns the outputs of a map; infinities become the largest float, for interpolation. */
  static Grid of(DecisionMap map) {
    int side = map.side();
    double[] values = new double[side * side];
    for (int p = 0; p < values.length; p++) {
      values[p] = Math.clamp(map.output(p % side, p / side), -Float.MAX_VALUE, Float.MAX_VALUE);
    }
    return new Grid(side, values);
  }

  /** Returns this grid minus another of the same side. */
  Grid minus(Grid other) {
    double[] differences = new double[values.length];
    for (int p = 0; p < values.length; p++) {
      differences[p] = values[p] - other.values[p];
    }
    return new Grid(side, differences);
  }

  /** Returns a value; NaN beyond the border or if it is not a number. */
  double value(int column, int row) {
    boolean isInside = column >= 0 && column < side && row >= 0 && row < side;
    return isInside ? values[row * side + column] : Double.NaN;
  }

  boolean hasUnknown() {
    return Arrays.stream(values).anyMatch(Double::isNaN);
  }

  private DoubleStream known() {
    return Arrays.stream(values).filter(value -> !Double.isNaN(value));
  }

  /** Returns the smallest known value; positive infinity if none is known. */
  double min() {
    return known().min().orElse(Double.POSITIVE_INFINITY);
  }

  /** Returns the largest known value; negative infinity if none is known. */
  double max() {
    return known().max().orElse(Double.NEGATIVE_INFINITY);
  }

  /** Returns the index of the first known value farthest from 0; -1 if none is known. */
  int farthestFromZero() {
    return IntStream.range(0, values.length)
        .filter(p -> !Double.isNaN(values[p]))
        .boxed()
        .max(Comparator.comparingDouble(p -> Math.abs(values[p])))
        .orElse(-1);
  }
}
