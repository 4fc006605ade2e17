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

  private final List<List<Point>> runs = new ArrayList<>();
  private List<Point> run = new ArrayList<>();

  private PixelColumns() {}

  /**
   * The unbroken runs of a curve, each of one or more points with a loss of 0 or more. A gap that
   * is narrower than a column of many points is closed.
   */
  static List<List<Point>> runs(List<Point> points, Scale epochs) {
    PixelColumns columns = new PixelColumns();
    int begin = 0;
    for (int k = 1; k <= points.size(); k++) {
      if (k == points.size() || column(points, k, epochs) != column(points, begin, epochs)) {
        columns.addColumn(points.subList(begin, k));
        begin = k;
      }
    }
    columns.cut();
    return columns.runs;
  }

  private static long column(List<Point> points, int index, Scale epochs) {
    return (long) Math.floor(epochs.at(points.get(index).epoch()));
  }

  /** Whether a loss has a place on a logarithmic scale that ends at zero. */
  static boolean isShown(double loss) {
    return loss >= 0 && loss < Double.POSITIVE_INFINITY;
  }

  private void addColumn(List<Point> column) {
    if (column.size() <= FEW) {
      column.forEach(this::add);
      return;
    }
    List<Point> shown = column.stream().filter(point -> isShown(point.loss())).toList();
    if (shown.isEmpty()) {
      cut();
    } else {
      addExtremes(shown);
    }
  }

  private void add(Point point) {
    if (isShown(point.loss())) {
      run.add(point);
    } else {
      cut();
    }
  }

  private void addExtremes(List<Point> shown) {
    int lowest = 0;
    int highest = 0;
    for (int k = 1; k < shown.size(); k++) {
      lowest = shown.get(k).loss() < shown.get(lowest).loss() ? k : lowest;
      highest = shown.get(k).loss() > shown.get(highest).loss() ? k : highest;
    }
    Stream.of(0, lowest, highest, shown.size() - 1)
        .distinct()
        .sorted()
        .forEach(k -> run.add(shown.get(k)));
  }

  private void cut() {
    if (!run.isEmpty()) {
      runs.add(run);
      run = new ArrayList<>();
    }
  }
}
