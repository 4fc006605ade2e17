package dev.switchback.tools.plot;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

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
    long[] kept = simplify(withoutRepeats(points), TOLERANCE);
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
    return only(
        points,
        IntStream.range(0, points.length / 2)
            .filter(p ->
                p == 0
                    || points[2 * p] != points[2 * p - 2]
                    || points[2 * p + 1] != points[2 * p - 1]));
  }

  private static long[] only(long[] points, IntStream which) {
    return which
        .boxed()
        .flatMapToLong(p -> LongStream.of(points[2 * p], points[2 * p + 1]))
        .toArray();
  }

  /**
   * The points of a line that matter, always the first and the last: what is left is nowhere
   * farther from the line than the tolerance (Douglas and Peucker).
   *
   * @param points x and y in turn
   * @param tolerance in the unit of the points
   */
  static long[] simplify(long[] points, double tolerance) {
    if (points.length < 6) {
      return points;
    }
    int last = points.length / 2 - 1;
    BitSet kept = new BitSet();
    kept.set(0);
    kept.set(last);
    Deque<int[]> stretches = new ArrayDeque<>();
    stretches.push(new int[] {0, last});
    while (!stretches.isEmpty()) {
      int[] stretch = stretches.pop();
      int farthest = farthest(points, stretch[0], stretch[1], tolerance);
      if (farthest > 0) {
        kept.set(farthest);
        stretches.push(new int[] {stretch[0], farthest});
        stretches.push(new int[] {farthest, stretch[1]});
      }
    }
    return only(points, kept.stream());
  }

  /** The point between two that is farthest from the straight line; 0 if all are near enough. */
  private static int farthest(long[] points, int from, int to, double tolerance) {
    int farthest = 0;
    double largest = tolerance;
    for (int p = from + 1; p < to; p++) {
      double distance = distance(points, p, from, to);
      if (distance > largest) {
        largest = distance;
        farthest = p;
      }
    }
    return farthest;
  }

  /** From a point to the straight stretch between two others. */
  private static double distance(long[] points, int point, int from, int to) {
    double dx = points[2 * to] - points[2 * from];
    double dy = points[2 * to + 1] - points[2 * from + 1];
    double px = points[2 * point] - points[2 * from];
    double py = points[2 * point + 1] - points[2 * from + 1];
    double square = dx * dx + dy * dy;
    double share = square == 0 ? 0 : Math.clamp((px * dx + py * dy) / square, 0.0, 1.0);
    double ex = px - share * dx;
    double ey = py - share * dy;
    return Math.sqrt(ex * ex + ey * ey);
  }

  private void number(long units) {
    boolean isFirst = Character.isLetter(data.charAt(data.length() - 1));
    data.append(isFirst || units < 0 ? "" : " ").append(Svg.decimal(units, 1));
  }
}
