package dev.switchback.tools.plot;

import dev.switchback.core.nn.Topology;
import java.util.Arrays;

/**
 * The positions of neurons and weights in the picture of a network. Each layer boundary is a
 * column. Between columns are lines labelled with the weights or, without room for labels, a table
 * of the weights with a row per neuron after it and a column per neuron before it.
 */
final class NetworkLayout {
  /** Most places in a column; in a wider layer the last says how many neurons are omitted. */
  static final int MOST_PLACES = 16;

  static final double RADIUS = 20;
  static final double CELL_WIDTH = 42;
  static final double CELL_HEIGHT = 22;

  /** No room for labels. */
  static final double NOWHERE = -1;

  /** Smallest distance between two labels, in pixels. */
  private static final double ROOM = 14;

  /** Distance from the centre of a neuron to the centre of a label beside it. */
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

  /** Horizontal position of each boundary. */
  private final double[] across;

  /** Per layer: see {@link #labels}. */
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

  /** Returns the y below the lowest neuron. */
  double bottom() {
    return TOP + height;
  }

  /** Returns the number of neurons drawn at a layer boundary; boundary 0 is the inputs. */
  int shown(int boundary) {
    int all = topology.width(boundary);
    return all <= MOST_PLACES ? all : MOST_PLACES - 1;
  }

  /** Returns the number of places in a column, including the one for omitted neurons. */
  int places(int boundary) {
    return Math.min(topology.width(boundary), MOST_PLACES);
  }

  double x(int boundary) {
    return across[boundary];
  }

  /** Returns whether the weights of a layer are in a table. */
  boolean isTable(int layer) {
    return labels[layer] == NOWHERE;
  }

  /** Returns the left edge of a column of a layer's table. */
  double cellX(int layer, int column) {
    return x(layer + 1) - RADIUS - TABLE_AFTER - (shown(layer) - column) * CELL_WIDTH;
  }

  /** Returns the top edge of a row of a layer's table. */
  double cellY(int layer, int row) {
    return y(layer + 1, row) - CELL_HEIGHT / 2;
  }

  double y(int boundary, int place) {
    return TOP + height * (place + 0.5) / places(boundary);
  }

  /**
   * Returns the position of the labels along the lines between two layers: the same for all lines,
   * where they are farthest apart.
   *
   * @return from 0 to 1, or {@link #NOWHERE}
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
