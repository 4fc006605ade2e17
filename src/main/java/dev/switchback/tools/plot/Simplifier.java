package dev.switchback.tools.plot;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Leaves out the points of a line that lie almost straight between those kept (Douglas and
 * Peucker), so that what is left is nowhere farther from the line than the tolerance.
 */
final class Simplifier {
  private final long[] points;
  private final double tolerance;
  private final boolean[] isKept;

  private Simplifier(long[] points, double tolerance) {
    this.points = points;
    this.tolerance = tolerance;
    this.isKept = new boolean[points.length / 2];
  }

  /**
   * The points that matter, always the first and the last.
   *
   * @param points x and y in turn
   * @param tolerance in the unit of the points
   */
  static long[] simplify(long[] points, double tolerance) {
    return points.length < 6 ? points : new Simplifier(points, tolerance).simplified();
  }

  private long[] simplified() {
    keepWhatMatters();
    long[] kept = new long[points.length];
    int length = 0;
    for (int p = 0; p < isKept.length; p++) {
      if (isKept[p]) {
        kept[length++] = points[2 * p];
        kept[length++] = points[2 * p + 1];
      }
    }
    return Arrays.copyOf(kept, length);
  }

  private void keepWhatMatters() {
    isKept[0] = true;
    isKept[isKept.length - 1] = true;
    Deque<int[]> stretches = new ArrayDeque<>();
    stretches.push(new int[] {0, isKept.length - 1});
    while (!stretches.isEmpty()) {
      int[] stretch = stretches.pop();
      int farthest = farthest(stretch[0], stretch[1]);
      if (farthest > 0) {
        isKept[farthest] = true;
        stretches.push(new int[] {stretch[0], farthest});
        stretches.push(new int[] {farthest, stretch[1]});
      }
    }
  }

  /** The point between two that is farthest from the straight line; 0 if all are near enough. */
  private int farthest(int from, int to) {
    int farthest = 0;
    double largest = tolerance;
    for (int p = from + 1; p < to; p++) {
      double distance = distance(p, from, to);
      if (distance > largest) {
        largest = distance;
        farthest = p;
      }
    }
    return farthest;
  }

  /** From a point to the straight stretch between two others. */
  private double distance(int point, int from, int to) {
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
}
