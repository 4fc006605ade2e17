package dev.switchback.plot;

import java.util.List;

/**
 * Writes lines as SVG path data: relative, in tenths of a pixel, which add up exactly, and without
 * the points that lie straight between their neighbours.
 */
final class PathData {
  private static final int UNITS_PER_PIXEL = 10;

  private final StringBuilder data = new StringBuilder();
  private long x;
  private long y;

  private PathData() {}

  /**
   * Lines of a grid in an area, row 0 at its bottom.
   *
   * @param side grid points along each axis
   */
  static String of(List<Polyline> lines, Area area, int side) {
    Scale across = area.across(0, side - 1);
    Scale upwards = area.upwards(0, side - 1);
    PathData path = new PathData();
    for (Polyline line : lines) {
      long[] points = new long[2 * line.size()];
      for (int p = 0; p < line.size(); p++) {
        points[2 * p] = Math.round(across.at(line.column(p)) * UNITS_PER_PIXEL);
        points[2 * p + 1] = Math.round(upwards.at(line.row(p)) * UNITS_PER_PIXEL);
      }
      path.add(points, line.isClosed());
    }
    return path.data.toString();
  }

  /** An open line through points in pixels, x and y in turn. */
  static String through(double... coordinates) {
    long[] points = new long[coordinates.length];
    for (int k = 0; k < points.length; k++) {
      points[k] = Math.round(coordinates[k] * UNITS_PER_PIXEL);
    }
    PathData path = new PathData();
    path.add(points, false);
    return path.data.toString();
  }

  private void add(long[] points, boolean isClosed) {
    int kept = straighten(points);
    if (kept < (isClosed ? 6 : 4)) {
      return;
    }
    x = points[0];
    y = points[1];
    data.append('M');
    number(x);
    number(y);
    data.append('l');
    for (int k = 2; k < kept; k += 2) {
      number(points[k] - x);
      number(points[k + 1] - y);
      x = points[k];
      y = points[k + 1];
    }
    data.append(isClosed ? "z" : "");
  }

  /** Moves the points that matter to the front; returns how many numbers they take. */
  private static int straighten(long[] points) {
    int kept = 0;
    for (int k = 0; k < points.length; k += 2) {
      long px = points[k];
      long py = points[k + 1];
      if (kept >= 2 && px == points[kept - 2] && py == points[kept - 1]) {
        continue;
      }
      if (kept >= 4 && isBetween(points, kept, px, py)) {
        kept -= 2;
      }
      points[kept++] = px;
      points[kept++] = py;
    }
    return kept;
  }

  /** Whether the last kept point lies straight between the one before it and a new one. */
  private static boolean isBetween(long[] points, int kept, long px, long py) {
    long dx = points[kept - 2] - points[kept - 4];
    long dy = points[kept - 1] - points[kept - 3];
    long ex = px - points[kept - 2];
    long ey = py - points[kept - 1];
    return dx * ey == dy * ex && dx * ex + dy * ey > 0;
  }

  private void number(long units) {
    String text = Svg.decimal(units, 1);
    boolean isFirst = Character.isLetter(data.charAt(data.length() - 1));
    data.append(isFirst || units < 0 ? "" : " ").append(text);
  }
}
