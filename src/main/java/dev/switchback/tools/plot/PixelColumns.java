package dev.switchback.tools.plot;

import dev.switchback.core.LossCurve.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reduces a loss curve to the points that are visible: in each column of pixels the first, lowest,
 * highest and last, so that no spike is lost. Splits the curve where losses are missing.
 */
final class PixelColumns {
  /** Most points of a column that are all kept. */
  private static final int FEW = 4;

  private PixelColumns() {}

  /**
   * Returns the unbroken runs of a curve, each of one or more points with a loss of 0 or more. Gaps
   * within a column of many points are closed.
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

  /** Returns whether a loss can be drawn: finite and not negative. */
  static boolean isShown(double loss) {
    return loss >= 0 && loss < Double.POSITIVE_INFINITY;
  }

  /** Returns the points to keep of a column: all if they are few or all losses are missing. */
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
