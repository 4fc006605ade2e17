package dev.switchback.tools.plot;

import java.util.Arrays;

/**
 * Finds where along the lines between two layers their labels have room: all at the same share of
 * the way, where the lines are farthest apart.
 */
final class WeightLabels {
  /** Least distance of two labels, in pixels. */
  static final double ROOM = 14;

  /** There is no such place. */
  static final double NOWHERE = -1;

  /** From the middle of a neuron to the middle of a label beside it. */
  private static final double CLEARANCE = NetworkLayout.RADIUS + 22;

  private WeightLabels() {}

  /** A share of the way between 0 and 1, or {@link #NOWHERE}. */
  static double place(NetworkLayout layout, int layer) {
    double best = NOWHERE;
    double room = ROOM;
    double gap = layout.x(layer + 1) - layout.x(layer);
    int first = (int) Math.ceil(100 * CLEARANCE / gap);
    for (int percent = first; percent <= 100 - first; percent++) {
      double distance = leastDistance(layout, layer, percent / 100.0);
      if (distance > room) {
        room = distance;
        best = percent / 100.0;
      }
    }
    return best;
  }

  private static double leastDistance(NetworkLayout layout, int layer, double share) {
    int from = layout.shown(layer);
    int to = layout.shown(layer + 1);
    double[] heights = new double[from * to];
    for (int k = 0; k < heights.length; k++) {
      double start = layout.y(layer, k / to);
      heights[k] = start + share * (layout.y(layer + 1, k % to) - start);
    }
    Arrays.sort(heights);
    double least = Double.POSITIVE_INFINITY;
    for (int k = 1; k < heights.length; k++) {
      least = Math.min(least, heights[k] - heights[k - 1]);
    }
    return least;
  }
}
