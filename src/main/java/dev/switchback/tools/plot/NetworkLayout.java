package dev.switchback.tools.plot;

import dev.switchback.core.nn.Topology;
import java.util.Arrays;

/**
 * Where the neurons of a network stand in its picture, a column per layer boundary, and where the
 * labels of its weights have room.
 */
final class NetworkLayout {
  /** Most places in a column; in a wider layer the last says how many are left out. */
  static final int MOST_PLACES = 16;

  static final double RADIUS = 20;

  /** There is no place for labels. */
  static final double NOWHERE = -1;

  /** Least distance of two labels, in pixels. */
  private static final double ROOM = 14;

  /** From the middle of a neuron to the middle of a label beside it. */
  private static final double CLEARANCE = RADIUS + 22;

  private static final double TOP = Sheet.TOP + 54;
  private static final double SIDE = 70;
  private static final double LEAST_WIDTH = 640;

  private final Topology topology;
  private final double width;
  private final double height;

  NetworkLayout(Topology topology) {
    this.topology = topology;
    int most = 0;
    for (int k = 0; k <= topology.layers(); k++) {
      most = Math.max(most, places(k));
    }
    this.height = most * (most <= 4 ? 90 : most <= 8 ? 72 : 52);
    double columns = topology.layers() * (topology.layers() <= 3 ? 280 : 210);
    this.width = Math.max(LEAST_WIDTH, columns + 2 * SIDE + 30);
  }

  double width() {
    return width;
  }

  /** Below the lowest neuron. */
  double bottom() {
    return TOP + height;
  }

  /** Neurons drawn of a layer boundary, the inputs being 0. */
  int shown(int boundary) {
    int all = topology.width(boundary);
    return all <= MOST_PLACES ? all : MOST_PLACES - 1;
  }

  /** Places of a column, what is left out included. */
  int places(int boundary) {
    return Math.min(topology.width(boundary), MOST_PLACES);
  }

  double x(int boundary) {
    double left = SIDE;
    double right = width - SIDE - 30;
    return left + (right - left) * boundary / topology.layers();
  }

  double y(int boundary, int place) {
    return TOP + height * (place + 0.5) / places(boundary);
  }

  /**
   * Where along the lines between two layers their labels have room: all at the same share of the
   * way, where the lines are farthest apart.
   *
   * @return between 0 and 1, or {@link #NOWHERE}
   */
  double labels(int layer) {
    double best = NOWHERE;
    double room = ROOM;
    double gap = x(layer + 1) - x(layer);
    int first = (int) Math.ceil(100 * CLEARANCE / gap);
    for (int percent = first; percent <= 100 - first; percent++) {
      double distance = leastDistance(layer, percent / 100.0);
      if (distance > room) {
        room = distance;
        best = percent / 100.0;
      }
    }
    return best;
  }

  private double leastDistance(int layer, double share) {
    int from = shown(layer);
    int to = shown(layer + 1);
    double[] heights = new double[from * to];
    for (int k = 0; k < heights.length; k++) {
      double start = y(layer, k / to);
      heights[k] = start + share * (y(layer + 1, k % to) - start);
    }
    Arrays.sort(heights);
    double least = Double.POSITIVE_INFINITY;
    for (int k = 1; k < heights.length; k++) {
      least = Math.min(least, heights[k] - heights[k - 1]);
    }
    return least;
  }
}
