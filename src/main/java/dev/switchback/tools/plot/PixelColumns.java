package dev.switchback.tools.plot;

import dev.switchback.core.LossCurve.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Thins a loss curve to what pixels show: of the points in one column of pixels the first, the
 * lowest, the highest and the last, so that no spike is lost, and cuts it where losses are missing.
 */
final class PixelColumns {
  /** Points of one column that are kept without a choice. */
  private static final int FEW = 4;

  private PixelColumns() {}

  /**
   * The unbroken runs of a curve, each of one or more points with a loss of 0 or more. A gap that
   * is narrower than a column of many points is closed.
   */
  static List<List<Point>> runs(List<Point> points, Scale epochs) {
    List<List<Point>> runs = new ArrayList<>();
    List<Point> run = new ArrayList<>();
    for (Point point : thinned(points, epochs)) {
      if (isShown(point.loss())) {
        run.add(point);
      } else if (!run.isEmpty()) {
        runs.add(run);
        run = new ArrayList<>();
      }
    }
    if (!run.isEmpty()) {
      runs.add(run);
    }
    return runs;
  }

  private static List<Point> thinned(List<Point> points, Scale epochs) {
    List<Point> thinned = new ArrayList<>();
    int begin = 0;
    for (int k = 1; k <= points.size(); k++) {
      if (k == points.size() || column(points, k, epochs) != column(points, begin, epochs)) {
        thinned.addAll(thinned(points.subList(begin, k)));
        begin = k;
      }
    }
    return thinned;
  }

  private static long column(List<Point> points, int index, Scale epochs) {
    return (long) Math.floor(epochs.at(points.get(index).epoch()));
  }

  /** Whether a loss has a place on a logarithmic scale that ends at zero. */
  static boolean isShown(double loss) {
    return loss >= 0 && loss < Double.POSITIVE_INFINITY;
  }

  /** What is kept of one column: all points where they are few, or all are missing. */
  private static List<Point> thinned(List<Point> column) {
    List<Point> shown = column.stream().filter(point -> isShown(point.loss())).toList();
    if (column.size() <= FEW || shown.isEmpty()) {
      return column;
    }
    int lowest = 0;
    int highest = 0;
    for (int k = 1; k < shown.size(); k++) {
      lowest = shown.get(k).loss() < shown.get(lowest).loss() ? k : lowest;
      highest = shown.get(k).loss() > shown.get(highest).loss() ? k : highest;
    }
    return Stream.of(0, lowest, highest, shown.size() - 1)
        .distinct()
        .sorted()
        .map(shown::get)
        .toList();
  }
}
