package dev.switchback.tools.plot;

/**
 * A line through points in units of a grid, closed or open.
 *
 * @param coordinates column, row, column, row ...; a closed line does not repeat its first point
 */
@SuppressWarnings("ArrayRecordComponent") // callers do not keep the array
record Polyline(double[] coordinates, boolean isClosed) {
  int size() {
    return coordinates.length / 2;
  }

  double column(int point) {
    return coordinates[2 * point];
  }

  double row(int point) {
    return coordinates[2 * point + 1];
  }
}
