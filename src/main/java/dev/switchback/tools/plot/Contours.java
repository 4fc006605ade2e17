package dev.switchback.tools.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Traces the lines where the values of a {@link Grid} reach a level (marching squares). In each
 * cell of four neighbours, straight segments separate the corners inside (at or above the level)
 * from those outside. They cross the edges of the cell where linear interpolation finds the level.
 * If two opposite corners are inside, the mean of all four decides whether they are connected. The
 * inside is on the left of a line, with rows upwards: a region is counterclockwise, a hole
 * clockwise.
 *
 * <p>An unknown value (NaN, or beyond the border) is outside, and the line passes through its known
 * neighbour. So regions close along the border, and an unknown grid point takes half of each cell
 * around it.
 */
final class Contours {
  /**
   * Segments by the corners inside (south-west 1, south-east 2, north-east 4, north-west 8), each a
   * pair of edges: from and to. The last two are the saddles 5 and 10 with connected corners.
   */
  private static final String[] SEGMENTS = {
    "", "SW", "ES", "EW", "NE", "SWNE", "NS", "NW", "WN", "SN", "ESWN", "EN", "WE", "SE", "WS", "",
    "NWSE", "ENWS"
  };

  private static final int SADDLE_SOUTH_WEST = 5;
  private static final int SADDLE_SOUTH_EAST = 10;
  private static final int JOINED_SOUTH_WEST = 16;
  private static final int JOINED_SOUTH_EAST = 17;
  private static final int NONE = -1;

  private final Grid grid;
  private final double level;

  /** Grid points per row, with one unknown point on either side. */
  private final int stride;

  /** For each edge, the edge at the other end of the segment that starts there. */
  private final int[] next;

  private Contours(Grid grid, double level) {
    this.grid = grid;
    this.level = level;
    this.stride = grid.side() + 2;
    this.next = new int[2 * stride * stride];
    Arrays.fill(next, NONE);
  }

  /**
   * Returns closed outlines of the regions at or above the level. The even-odd and the non-zero
   * rule fill them alike.
   *
   * @param level negative infinity for all known values
   */
  static List<Polyline> regions(Grid grid, double level) {
    Contours contours = new Contours(grid, level);
    for (int row = -1; row < grid.side(); row++) {
      for (int column = -1; column < grid.side(); column++) {
        contours.march(column, row);
      }
    }
    return contours.lines();
  }

  /** Returns the lines where values cross the level: closed, or open from border to border. */
  static List<Polyline> isolines(Grid grid, double level) {
    Contours contours = new Contours(grid, level);
    for (int row = 0; row < grid.side() - 1; row++) {
      for (int column = 0; column < grid.side() - 1; column++) {
        if (!Double.isNaN(contours.sum(column, row))) {
          contours.march(column, row);
        }
      }
    }
    return contours.lines();
  }

  private double sum(int column, int row) {
    return grid.value(column, row)
        + grid.value(column + 1, row)
        + grid.value(column + 1, row + 1)
        + grid.value(column, row + 1);
  }

  private void march(int column, int row) {
    String segments = SEGMENTS[kind(column, row)];
    for (int k = 0; k < segments.length(); k += 2) {
      int from = edge(column, row, segments.charAt(k));
      next[from] = edge(column, row, segments.charAt(k + 1));
    }
  }

  private int kind(int column, int row) {
    int corners =
        inside(column, row)
            + 2 * inside(column + 1, row)
            + 4 * inside(column + 1, row + 1)
            + 8 * inside(column, row + 1);
    boolean areConnected = sum(column, row) / 4 >= level;
    if (corners == SADDLE_SOUTH_WEST && areConnected) {
      return JOINED_SOUTH_WEST;
    }
    return corners == SADDLE_SOUTH_EAST && areConnected ? JOINED_SOUTH_EAST : corners;
  }

  private int inside(int column, int row) {
    return grid.value(column, row) >= level ? 1 : 0;
  }

  /** Returns the index of an edge, from its lower left grid point: rightwards even, upwards odd. */
  private int edge(int column, int row, char side) {
    int point = (row + 1) * stride + column + 1;
    return switch (side) {
      case 'S' -> 2 * point;
      case 'W' -> 2 * point + 1;
      case 'E' -> 2 * (point + 1) + 1;
      default -> 2 * (point + stride);
    };
  }

  private List<Polyline> lines() {
    boolean[] isLedTo = new boolean[next.length];
    Arrays.stream(next).filter(to -> to != NONE).forEach(to -> isLedTo[to] = true);
    List<Polyline> lines = new ArrayList<>();
    for (int edge = 0; edge < next.length; edge++) {
      if (next[edge] != NONE && !isLedTo[edge]) {
        lines.add(follow(edge, false));
      }
    }
    for (int edge = 0; edge < next.length; edge++) {
      if (next[edge] != NONE) {
        lines.add(follow(edge, true));
      }
    }
    return lines;
  }

  /** Removes a line from {@link #next} and returns it. */
  private Polyline follow(int first, boolean isClosed) {
    DoubleStream.Builder coordinates = DoubleStream.builder();
    int edge = first;
    while (edge != NONE) {
      int point = edge / 2;
      int column = point % stride - 1;
      int row = point / stride - 1;
      boolean isUpwards = edge % 2 == 1;
      double share = crossing(column, row, isUpwards ? 0 : 1, isUpwards ? 1 : 0);
      coordinates.add(column + (isUpwards ? 0 : share)).add(row + (isUpwards ? share : 0));
      int following = next[edge];
      next[edge] = NONE;
      edge = following == first ? NONE : following;
    }
    return new Polyline(coordinates.build().toArray(), isClosed);
  }

  /** Returns the position along an edge, from 0 to 1, where the level is reached. */
  private double crossing(int column, int row, int right, int up) {
    double from = grid.value(column, row);
    double to = grid.value(column + right, row + up);
    if (Double.isNaN(from)) {
      return 1;
    }
    return Double.isNaN(to) ? 0 : (level - from) / (to - from);
  }
}
