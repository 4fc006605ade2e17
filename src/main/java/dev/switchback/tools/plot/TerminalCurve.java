package dev.switchback.tools.plot;

import dev.switchback.core.LossCurve.Point;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;

/**
 * Draws a loss curve as columns on a logarithmic scale of whole decades. The curve is scaled to the
 * width; marks on the axis of epochs show new attempts. Immutable; any thread.
 *
 * <pre>
 *      1 |:.     :.
 *        |##:..||||:..
 *   1e-3 |##########||::....
 * epoch 0-------^------- 120
 * </pre>
 */
public final class TerminalCurve {
  /** Columns left of the curve for the scale. */
  private static final int GUTTER_COLUMNS = 7;

  private static final String UNICODE_LEVELS = " ▁▂▃▄▅▆▇█";
  private static final String ASCII_LEVELS = " .:|";

  private final TerminalStyle style;
  private final List<Point> history;
  private final int rows;
  private final int columns;
  private final int bottomDecade;
  private final int topDecade;

  /**
   * Fits a curve into a rectangle.
   *
   * @param history of a training, oldest first, at evenly spaced epochs
   * @param columns visible width of every line, at least 30
   * @param rows number of lines above the axis
   */
  public TerminalCurve(List<Point> history, TerminalStyle style, int columns, int rows) {
    this.style = style;
    this.history = history;
    this.rows = rows;
    this.columns = columns - GUTTER_COLUMNS;
    DoubleSummaryStatistics decades =
        history.stream()
            .mapToDouble(Point::loss)
            .filter(loss -> loss > 0 && Double.isFinite(loss))
            .map(Math::log10)
            .summaryStatistics();
    boolean isEmpty = decades.getCount() == 0;
    this.topDecade = isEmpty ? 0 : (int) Math.ceil(decades.getMax());
    this.bottomDecade = Math.min(isEmpty ? -1 : (int) Math.floor(decades.getMin()), topDecade - 1);
  }

  /** Returns the lines: the highest row first, the axis last. */
  public List<TerminalLine> lines() {
    List<TerminalLine> lines = new ArrayList<>();
    String levels = style.pick(UNICODE_LEVELS, ASCII_LEVELS);
    int steps = levels.length() - 1;
    for (int row = 0; row < rows; row++) {
      TerminalLine line = gutter(row);
      int below = (rows - 1 - row) * steps;
      for (int column = 0; column < columns; column++) {
        int level = Math.clamp(height(column, rows * steps) - below, 0, steps);
        line.add(levels.substring(level, level + 1), Colour.ACCENT);
      }
      lines.add(line);
    }
    lines.add(axis());
    return lines;
  }

  private TerminalLine axis() {
    int first = history.isEmpty() ? 0 : history.getFirst().epoch();
    int last = history.isEmpty() ? 0 : history.getLast().epoch();
    String begin = "epoch " + (first <= Math.max(1, last / 2) ? 0 : first);
    String end = history.isEmpty() ? "" : " " + last;
    TerminalLine line = new TerminalLine(style).add(begin, Colour.GREY).padTo(GUTTER_COLUMNS);
    int width = GUTTER_COLUMNS + columns;
    while (line.columns() < width - end.length()) {
      boolean isRestart = isRestart(line.columns() - GUTTER_COLUMNS);
      line.add(
          isRestart ? style.pick("▲", "^") : style.pick("─", "-"),
          isRestart ? Colour.ORANGE : Colour.GREY);
    }
    return line.add(end, Colour.GREY);
  }

  /** Returns whether a new attempt began after the previous column. */
  private boolean isRestart(int column) {
    return !history.isEmpty()
        && column > 0
        && point(column).restarts() != point(column - 1).restarts();
  }

  private Point point(int column) {
    return history.get((int) ((column + 0.5) / columns * history.size()));
  }

  private TerminalLine gutter(int row) {
    String label = row == 0 ? decade(topDecade) : row == rows - 1 ? decade(bottomDecade) : "";
    return new TerminalLine(style)
        .padTo(GUTTER_COLUMNS - 2 - label.length())
        .add(label + " ", Colour.GREY)
        .add(style.pick("│", "|"), Colour.GREY);
  }

  private static String decade(int exponent) {
    return switch (exponent) {
      case 1 -> "10";
      case 0 -> "1";
      case -1 -> "0.1";
      case -2 -> "0.01";
      default -> "1e" + exponent;
    };
  }

  /**
   * Returns the height of a column in steps: at least one if there is a loss, all if it overflowed.
   */
  private int height(int column, int allSteps) {
    if (history.isEmpty()) {
      return 0;
    }
    double loss = point(column).loss();
    if (!Double.isFinite(loss)) {
      return allSteps;
    }
    double share = (Math.log10(loss) - bottomDecade) / (topDecade - bottomDecade);
    return Math.clamp(Math.round(share * allSteps), 1, allSteps);
  }
}
