package dev.switchback.tools.plot;

/**
 * A line through points in units of a grid, closed or open.
 *
 * @param coordinates column and row in turn; a closed line does not repeat its first point
 */
@SuppressWarnings("ArrayRecordComponent") // whoever makes one keeps nothing of it
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
