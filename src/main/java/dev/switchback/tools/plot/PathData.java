package dev.switchback.tools.plot;

import java.util.Arrays;
import java.util.List;

/**
 * Writes lines as SVG path data: relative, in tenths of a pixel, which add up exactly, and without
 * the points that lie straight between their neighbours for the eye.
 */
final class PathData {
  private static final int UNITS_PER_PIXEL = 10;

  /** In units; a quarter of a pixel is seen, a tenth is not. */
  private static final double TOLERANCE = 1;

  private final StringBuilder data = new StringBuilder();

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
        points[2 * p] = units(across.at(line.column(p)));
        points[2 * p + 1] = units(upwards.at(line.row(p)));
      }
      path.add(points, line.isClosed());
    }
    return path.data.toString();
  }

  /** An open line through points in pixels, x and y in turn; empty if they are all one. */
  static String through(double... coordinates) {
    long[] points = new long[coordinates.length];
    for (int k = 0; k < points.length; k++) {
      points[k] = units(coordinates[k]);
    }
    PathData path = new PathData();
    path.add(points, false);
    return path.data.toString();
  }

  private static long units(double pixels) {
    return Math.round(pixels * UNITS_PER_PIXEL);
  }

  /** A closed line of fewer than three points, or an open one of fewer than two, shows nothing. */
  private void add(long[] points, boolean isClosed) {
    long[] kept = Simplifier.simplify(withoutRepeats(points), TOLERANCE);
    if (kept.length < (isClosed ? 6 : 4)) {
      return;
    }
    data.append('M');
    number(kept[0]);
    number(kept[1]);
    data.append('l');
    for (int k = 2; k < kept.length; k++) {
      number(kept[k] - kept[k - 2]);
    }
    data.append(isClosed ? "z" : "");
  }

  private static long[] withoutRepeats(long[] points) {
    long[] kept = new long[points.length];
    int length = 0;
    for (int k = 0; k < points.length; k += 2) {
      boolean isRepeat =
          length > 0 && points[k] == kept[length - 2] && points[k + 1] == kept[length - 1];
      if (!isRepeat) {
        kept[length++] = points[k];
        kept[length++] = points[k + 1];
      }
    }
    return Arrays.copyOf(kept, length);
  }

  private void number(long units) {
    boolean isFirst = Character.isLetter(data.charAt(data.length() - 1));
    data.append(isFirst || units < 0 ? "" : " ").append(Svg.decimal(units, 1));
  }
}
