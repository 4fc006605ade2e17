package dev.switchback.tools.plot;

import dev.switchback.core.nn.Topology;
import java.util.Arrays;

/**
 * Where the neurons of a network stand in its picture, a column per layer boundary; between two of
 * them lines with the weights on them or, where those have no room, a table of the weights: a row
 * for each neuron behind it, a column for each one before.
 */
final class NetworkLayout {
  /** Most places in a column; in a wider layer the last says how many are left out. */
  static final int MOST_PLACES = 16;

  static final double RADIUS = 20;
  static final double CELL_WIDTH = 42;
  static final double CELL_HEIGHT = 22;

  /** There is no place for labels. */
  static final double NOWHERE = -1;

  /** Least distance of two labels, in pixels. */
  private static final double ROOM = 14;

  /** From the middle of a neuron to the middle of a label beside it. */
  private static final double CLEARANCE = RADIUS + 22;

  private static final double TOP = Sheet.TOP + 54;
  private static final double SIDE = 70;
  private static final double OUTPUT_NAME = 30;
  private static final double TABLE_BEFORE = 36;
  private static final double TABLE_AFTER = 26;
  private static final double LEAST_WIDTH = 640;

  private final Topology topology;
  private final double width;
  private final double height;

  /** Of each boundary. */
  private final double[] across;

  /** Of each layer: see {@link #labels}. */
  private final double[] labels;

  NetworkLayout(Topology topology) {
    this.topology = topology;
    int most = 0;
    for (int k = 0; k <= topology.layers(); k++) {
      most = Math.max(most, places(k));
    }
    this.height = most * (most <= 4 ? 90 : most <= 8 ? 72 : 52);
    int layers = topology.layers();
    double gap = Math.max(layers <= 3 ? 280 : 210, (LEAST_WIDTH - 2 * SIDE - OUTPUT_NAME) / layers);
    this.across = new double[layers + 1];
    this.labels = new double[layers];
    across[0] = SIDE;
    for (int layer = 0; layer < layers; layer++) {
      labels[layer] = labels(layer, gap);
      double needed = 2 * RADIUS + TABLE_BEFORE + TABLE_AFTER + shown(layer) * CELL_WIDTH;
      across[layer + 1] = across[layer] + (isTable(layer) ? Math.max(gap, needed) : gap);
    }
    this.width = across[layers] + SIDE + OUTPUT_NAME;
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
    return across[boundary];
  }

  /** Whether the weights of a layer stand in a table. */
  boolean isTable(int layer) {
    return labels[layer] == NOWHERE;
  }

  /** Left edge of a column of a layer's table, which ends before the neurons behind it. */
  double cellX(int layer, int column) {
    return x(layer + 1) - RADIUS - TABLE_AFTER - (shown(layer) - column) * CELL_WIDTH;
  }

  /** Top edge of a row of a layer's table. */
  double cellY(int layer, int row) {
    return y(layer + 1, row) - CELL_HEIGHT / 2;
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
    return labels[layer];
  }

  private double labels(int layer, double gap) {
    double best = NOWHERE;
    double room = ROOM;
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
