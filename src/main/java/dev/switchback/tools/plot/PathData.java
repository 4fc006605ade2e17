package dev.switchback.tools.plot;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/**
 * Writes lines as SVG path data. Coordinates are relative, in tenths of a pixel, which add up
 * exactly. Points on a visibly straight line between their neighbours are omitted.
 */
final class PathData {
  private static final int UNITS_PER_PIXEL = 10;

  /** In units; a quarter of a pixel is visible, a tenth is not. */
  private static final double TOLERANCE = 1;

  private final StringBuilder data = new StringBuilder();

  private PathData() {}

  /** A point in units. */
  record Dot(long x, long y) {
    static Dot at(double x, double y) {
      return new Dot(Math.round(x * UNITS_PER_PIXEL), Math.round(y * UNITS_PER_PIXEL));
    }
  }

  /**
   * Returns lines of a grid in an area, row 0 at its bottom.
   *
   * @param side grid points along each axis
   */
  static String of(List<Polyline> lines, Area area, int side) {
    Scale across = area.across(0, side - 1);
    Scale upwards = area.upwards(0, side - 1);
    PathData path = new PathData();
    for (Polyline line : lines) {
      List<Dot> dots = new ArrayList<>();
      for (int p = 0; p < line.size(); p++) {
        dots.add(Dot.at(across.at(line.column(p)), upwards.at(line.row(p))));
      }
      path.add(dots, line.isClosed());
    }
    return path.data.toString();
  }

  /** Returns an open line through points in pixels (x, y, x, y ...); empty if all are the same. */
  static String through(double... coordinates) {
    List<Dot> dots = new ArrayList<>();
    for (int k = 0; k < coordinates.length; k += 2) {
      dots.add(Dot.at(coordinates[k], coordinates[k + 1]));
    }
    PathData path = new PathData();
    path.add(dots, false);
    return path.data.toString();
  }

  /** Adds a line, unless it is invisible: fewer than three points if closed, two if open. */
  private void add(List<Dot> dots, boolean isClosed) {
    List<Dot> kept = simplify(withoutRepeats(dots), TOLERANCE);
    if (kept.size() < (isClosed ? 3 : 2)) {
      return;
    }
    Dot last = kept.getFirst();
    data.append('M');
    number(last.x);
    number(last.y);
    data.append('l');
    for (Dot dot : kept.subList(1, kept.size())) {
      number(dot.x - last.x);
      number(dot.y - last.y);
      last = dot;
    }
    data.append(isClosed ? "z" : "");
  }

  private static List<Dot> withoutRepeats(List<Dot> dots) {
    List<Dot> distinct = new ArrayList<>();
    for (Dot dot : dots) {
      if (distinct.isEmpty() || !dot.equals(distinct.getLast())) {
        distinct.add(dot);
      }
    }
    return distinct;
  }

  /**
   * Omits points of a line that are within the tolerance (Douglas and Peucker). Keeps the first and
   * the last.
   *
   * @param tolerance in units
   */
  static List<Dot> simplify(List<Dot> dots, double tolerance) {
    if (dots.size() < 3) {
      return dots;
    }
    int last = dots.size() - 1;
    BitSet kept = new BitSet();
    kept.set(0);
    kept.set(last);
    Deque<int[]> stretches = new ArrayDeque<>();
    stretches.push(new int[] {0, last});
    while (!stretches.isEmpty()) {
      int[] stretch = stretches.pop();
      int farthest = farthest(dots, stretch[0], stretch[1], tolerance);
      if (farthest > 0) {
        kept.set(farthest);
        stretches.push(new int[] {stretch[0], farthest});
        stretches.push(new int[] {farthest, stretch[1]});
      }
    }
    return kept.stream().mapToObj(dots::get).toList();
  }

  /** Returns the point between two that is farthest from their line; 0 if all are near enough. */
  private static int farthest(List<Dot> dots, int from, int to, double tolerance) {
    int farthest = 0;
    double largest = tolerance;
    for (int p = from + 1; p < to; p++) {
      double distance = distance(dots.get(p), dots.get(from), dots.get(to));
      if (distance > largest) {
        largest = distance;
        farthest = p;
      }
    }
    return farthest;
  }

  /** Returns the distance from a point to the segment between two others. */
  private static double distance(Dot dot, Dot from, Dot to) {
    double dx = to.x - from.x;
    double dy = to.y - from.y;
    double px = dot.x - from.x;
    double py = dot.y - from.y;
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
