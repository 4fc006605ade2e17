package dev.switchback.tools.plot;

import dev.switchback.core.LossCurve.Point;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;

/**
 * Draws a loss curve as columns on a logarithmic scale of whole decades, the whole curve stretched
 * or squeezed to the width. Immutable; any thread.
 *
 * <pre>
 *      1 |:.
 *        |##:..
 *   1e-3 |#########::....
 * </pre>
 */
public final class TerminalCurve {
  /** Columns left of the curve for the scale, where there is more than one row. */
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
   * @param columns visible width of every line; with a scale, at least 8
   * @param rows number of lines; 1 is a curve without a scale
   */
  public TerminalCurve(List<Point> history, TerminalStyle style, int columns, int rows) {
    this.style = style;
    this.history = history;
    this.rows = rows;
    this.columns = rows == 1 ? columns : columns - GUTTER_COLUMNS;
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

  /** Draws, the highest row first. */
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
    return lines;
  }

  private TerminalLine gutter(int row) {
    TerminalLine line = new TerminalLine(style);
    if (rows == 1) {
      return line;
    }
    String label = row == 0 ? decade(topDecade) : row == rows - 1 ? decade(bottomDecade) : "";
    return line.padTo(GUTTER_COLUMNS - 2 - label.length())
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
   * Height of a column in steps: at least one where there is a loss, all for one beyond numbers.
   */
  private int height(int column, int allSteps) {
    if (history.isEmpty()) {
      return 0;
    }
    double loss = history.get((int) ((column + 0.5) / columns * history.size())).loss();
    if (!Double.isFinite(loss)) {
      return allSteps;
    }
    double share = (Math.log10(loss) - bottomDecade) / (topDecade - bottomDecade);
    return Math.clamp(Math.round(share * allSteps), 1, allSteps);
  }
}
