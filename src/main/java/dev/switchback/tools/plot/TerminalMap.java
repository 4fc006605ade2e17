package dev.switchback.tools.plot;

import dev.switchback.core.nn.TruthTable;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws a {@link DecisionMap} as lines of text: colours from blue (0) through white to orange (1),
 * or shading from light (0) to dark (1), a contour at output 0.5, the targets of the four corners,
 * and brackets around the corner of the current switch positions. Immutable; any thread.
 *
 * <pre>
 *   1  1  ..  0     targets: a filled dot or 1, a hollow dot or 0
 *   B   .:##:.
 *   0 [0]  ..  1    the switches are at AB = 00
 *      0   A   1
 * </pre>
 */
public final class TerminalMap {
  /** Columns left of the map for the axis of B. */
  public static final int GUTTER_COLUMNS = 2;

  /** No corner has brackets. */
  public static final int NOWHERE = -1;

  private static final String ASCII_SHADES = " .:-=+*#%@";
  private static final int COLOUR_SHADES = 6;
  private static final String UNICODE_SHADES = " ░▒▓█";
  private static final float SPAN = DecisionMap.MAX - DecisionMap.MIN;

  private final TerminalStyle style;
  private final DecisionMap map;
  private final int rows;
  private final int columns;

  /**
   * Fits a map into a height.
   *
   * @param rows available lines, at least 8; the drawing uses {@link #rowsWithin} of them
   */
  public TerminalMap(DecisionMap map, TerminalStyle style, int rows) {
    this.style = style;
    this.map = map;
    this.rows = rowsFor(rows);
    this.columns = 2 * this.rows;
  }

  /** Returns an odd number of map rows, which puts the corners in the middle of a column. */
  private static int rowsFor(int available) {
    return (available - 2) / 2 * 2 + 1;
  }

  /** Returns the lines, including the axis, of a drawing that fits into {@code available} lines. */
  public static int rowsWithin(int available) {
    return rowsFor(available) + 1;
  }

  /** Returns the visible width of a drawing that fits into {@code available} lines. */
  public static int columnsWithin(int available) {
    return GUTTER_COLUMNS + 2 * rowsFor(available);
  }

  /** Adds the shades of a map in {@code style}, from 0 to 1. */
  public static void addScale(TerminalLine line, TerminalStyle style) {
    if (!style.hasColour()) {
      line.add(style.pick(UNICODE_SHADES, ASCII_SHADES));
      return;
    }
    for (int shade = 0; shade < COLOUR_SHADES; shade++) {
      line.add(" ", null, colour((shade + 0.5f) / COLOUR_SHADES, style));
    }
  }

  /**
   * Draws the map.
   *
   * @param targets the truth table of the one or two switches of the map, for its LED
   * @param current corner of the current switch positions: 0 to 3 for AB = 00, 01, 10 and 11, or
   *     {@link #NOWHERE}
   * @return lines of the same visible width: the map, then the axis of A
   */
  public List<TerminalLine> lines(TruthTable targets, int current) {
    List<TerminalLine> lines = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      TerminalLine line = gutter(row);
      for (int column = 0; column < columns; column++) {
        int corner = cornerAround(column, row);
        if (corner == NOWHERE) {
          addCell(line, column, row);
        } else {
          addMark(line, column, row, DecisionMap.target(targets, corner), corner == current);
          column += 2;
        }
      }
      lines.add(line);
    }
    lines.add(axis());
    return lines;
  }

  private TerminalLine gutter(int row) {
    String name =
        row == cornerRow(1) ? "1" : row == cornerRow(0) ? "0" : row == rows / 2 ? "B" : "";
    return new TerminalLine(style).add(name, Colour.GREY).padTo(GUTTER_COLUMNS);
  }

  private TerminalLine axis() {
    return new TerminalLine(style)
        .padTo(GUTTER_COLUMNS + cornerColumn(0))
        .add("0", Colour.GREY)
        .padTo(GUTTER_COLUMNS + columns / 2)
        .add("A", Colour.GREY)
        .padTo(GUTTER_COLUMNS + cornerColumn(1))
        .add("1", Colour.GREY)
        .padTo(GUTTER_COLUMNS + columns);
  }

  private int cornerColumn(int a) {
    return Math.round((a - DecisionMap.MIN) / SPAN * columns - 0.5f);
  }

  private int cornerRow(int b) {
    return Math.round((DecisionMap.MAX - b) / SPAN * rows - 0.5f);
  }

  /** Returns the truth table row whose mark, three columns wide, begins here. */
  private int cornerAround(int column, int row) {
    for (int corner = 0; corner < 4; corner++) {
      if (column == cornerColumn(corner >> 1) - 1 && row == cornerRow(corner & 1)) {
        return corner;
      }
    }
    return NOWHERE;
  }

  private void addMark(TerminalLine line, int column, int row, int target, boolean isCurrent) {
    String dot = target == 1 ? style.pick("●", "1") : style.pick("○", "0");
    if (isCurrent) {
      line.add("[" + dot + "]", Colour.WHITE, Colour.BLACK);
      return;
    }
    Colour background = colour(output(column + 1, 2 * row, 2 * rows));
    line.add(" " + dot + " ", background.readableOn(), background);
  }

  private void addCell(TerminalLine line, int column, int row) {
    if (style.hasColour()) {
      line.add("▀", pixel(column, 2 * row), pixel(column, 2 * row + 1));
    } else {
      line.add(shade(column, row));
    }
  }

  /** Returns the colour of one of the two pixels of a cell. */
  private Colour pixel(int column, int pixelRow) {
    int pixelRows = 2 * rows;
    boolean isAbove = output(column, pixelRow, pixelRows) > 0.5f;
    boolean isContour =
        isAbove != output(column + 1, pixelRow, pixelRows) > 0.5f
            || isAbove != output(column, pixelRow + 1, pixelRows) > 0.5f;
    return isContour ? Colour.BLACK : colour(output(column, pixelRow, pixelRows));
  }

  private Colour colour(float output) {
    return colour(output, style);
  }

  private static Colour colour(float output, TerminalStyle style) {
    return style == TerminalStyle.COLOURS_256
        ? Colour.ofOutputIn256(output)
        : Colour.ofOutput(output);
  }

  private String shade(int column, int row) {
    float output = output(column, row, rows);
    String contour = contour(output, column, row);
    if (!contour.isEmpty()) {
      return contour;
    }
    String shades = style.pick(UNICODE_SHADES, ASCII_SHADES);
    int shade = (int) (Math.clamp(output, 0f, 1f) * shades.length());
    return shades.substring(Math.min(shade, shades.length() - 1)).substring(0, 1);
  }

  /** Returns a line in the direction of the contour; empty if it does not cross this cell. */
  private String contour(float output, int column, int row) {
    boolean isAbove = output > 0.5f;
    // A cell is twice as high as wide.
    float across = output(column + 2, row, rows) - output(column - 2, row, rows);
    float down = output(column, row + 1, rows) - output(column, row - 1, rows);
    if (Math.abs(across) < Math.abs(down) / 2) {
      return isAbove == output(column, row + 1, rows) > 0.5f ? "" : style.pick("─", "-");
    }
    if (isAbove == output(column + 1, row, rows) > 0.5f) {
      return "";
    }
    if (Math.abs(down) < Math.abs(across) / 2) {
      return style.pick("│", "|");
    }
    return across * down > 0 ? style.pick("╱", "/") : style.pick("╲", "\\");
  }

  /** Returns the model's output at the centre of a cell of a grid as wide as the drawing. */
  private float output(int column, int row, int gridRows) {
    return map.outputAt(
        DecisionMap.MIN + (column + 0.5f) / columns * SPAN,
        DecisionMap.MAX - (row + 0.5f) / gridRows * SPAN);
  }
}
