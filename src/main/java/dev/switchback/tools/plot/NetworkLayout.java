package dev.switchback.tools.plot;

import dev.switchback.core.nn.Topology;

/** Where the neurons of a network stand in its picture: a column per layer boundary. */
final class NetworkLayout {
  /** Most places in a column; in a wider layer the last says how many are left out. */
  static final int MOST_PLACES = 16;

  static final double RADIUS = 20;

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
}
