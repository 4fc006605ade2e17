package dev.switchback.tools.plot;

/** A line through points in units of a grid, closed or open. Immutable; any thread. */
final class Polyline {
  private final double[] coordinates;
  private final boolean isClosed;

  /**
   * @param coordinates column and row in turn; a closed line does not repeat its first point
   */
  Polyline(double[] coordinates, boolean isClosed) {
    this.coordinates = coordinates.clone();
    this.isClosed = isClosed;
  }

  int size() {
    return coordinates.length / 2;
  }

  double column(int point) {
    return coordinates[2 * point];
  }

  double row(int point) {
    return coordinates[2 * point + 1];
  }

  boolean isClosed() {
    return isClosed;
  }
}
