package dev.switchback.tools.bench;

import dev.switchback.core.nn.TruthTable;
import dev.switchback.tools.plot.Colour;
import dev.switchback.tools.plot.DecisionMap;
import dev.switchback.tools.plot.TerminalLine;
import dev.switchback.tools.plot.TerminalMap;
import dev.switchback.tools.plot.TerminalStyle;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws a {@link BenchView} as the lines of a terminal: as many as fit, none wider than the window.
 * Immutable; any thread.
 */
public final class BenchScreen {
  /** Smallest window that shows everything. */
  public static final int MIN_COLUMNS = 70;

  public static final int MIN_ROWS = 19;

  private static final int MARGIN_COLUMNS = 1;
  private static final int MAP_COLUMN = MARGIN_COLUMNS + BenchPanel.COLUMNS + 3;

  /** Title, status, keys and two rules. */
  private static final int FRAME_ROWS = 5;

  private static final int MAX_BODY_ROWS = 34;
  private static final int MAX_SHOWN_DIGITS = 16;

  private final TerminalStyle style;

  public BenchScreen(TerminalStyle style) {
    this.style = style;
  }

  /**
   * Draws for a window of this size, colours included. A window below {@link #MIN_COLUMNS} by
   * {@link #MIN_ROWS} is told what it lacks.
   */
  public List<String> lines(BenchView view, int columns, int rows) {
    if (columns < MIN_COLUMNS || rows < MIN_ROWS) {
      return tooSmall(columns, rows);
    }
    int available =
        Math.min(
            Math.min(rows - FRAME_ROWS, MAX_BODY_ROWS),
            (columns - MAP_COLUMN - MARGIN_COLUMNS - TerminalMap.GUTTER_COLUMNS) / 2 + 1);
    int width = MAP_COLUMN + TerminalMap.columnsWithin(available);
    List<TerminalLine> lines = new ArrayList<>();
    lines.add(title(view, width));
    lines.add(rule(width));
    lines.addAll(body(view, available));
    lines.add(rule(width));
    lines.add(view.fault() == null ? status(view, width) : fault(view.fault(), width));
    lines.add(keys(view));
    String indent = " ".repeat((columns - width - MARGIN_COLUMNS) / 2);
    return lines.stream().map(line -> indent + line).toList();
  }

  private TerminalLine line() {
    return new TerminalLine(style).padTo(MARGIN_COLUMNS);
  }

  private TerminalLine rule(int width) {
    return line().add(style.pick("─", "-").repeat(width - MARGIN_COLUMNS), Colour.GREY);
  }

  private TerminalLine title(BenchView view, int width) {
    String digits = view.truth().toString();
    String truth = digits.length() > MAX_SHOWN_DIGITS ? digits.length() + " rows" : digits;
    return ends(
        line().add("Switchback", Colour.ACCENT),
        line()
            .add("truth ", Colour.GREY)
            .add(truth)
            .add("  network ", Colour.GREY)
            .add(shown(view.topology(), MAX_SHOWN_DIGITS)),
        width);
  }

  /** One text at the left, one at the right end. */
  private TerminalLine ends(TerminalLine left, TerminalLine right, int width) {
    return left.padTo(width - right.columns()).add(right);
  }

  private List<TerminalLine> body(BenchView view, int available) {
    int rows = TerminalMap.rowsWithin(available);
    List<TerminalLine> panel = new BenchPanel(style, view).lines(rows);
    List<TerminalLine> map = map(view, available);
    List<TerminalLine> lines = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      TerminalLine line = line().add(panel.get(row));
      lines.add(row < map.size() ? line.padTo(MAP_COLUMN).add(map.get(row)) : line);
    }
    return lines;
  }

  private List<TerminalLine> map(BenchView view, int available) {
    DecisionMap map = view.map();
    if (map == null) {
      return List.of();
    }
    // The targets of A and B are those at the present levels of the others.
    TruthTable targets = view.truth().ofFirstTwo(BenchView.others(view.row(), view.switches()));
    return new TerminalMap(map, style, available).lines(targets, view.corner());
  }

  private TerminalLine status(BenchView view, int width) {
    String dot = style.pick(" · ", " | ");
    String legend = style.pick("○ 0  ● 1 wanted  [ ] now", "0 1 wanted  [ ] now");
    String text =
        view.board() + dot + "debounce " + view.debounceMillis() + " ms" + dot + view.ticks();
    return ends(
        line().add(shown(text + " ticks", width - legend.length() - 4)),
        line().add(legend, Colour.GREY),
        width);
  }

  private TerminalLine fault(String fault, int width) {
    String text = shown("fault: " + fault, width - MARGIN_COLUMNS - 2);
    return line().add(" " + text + " ", Colour.BLACK, Colour.ORANGE);
  }

  private TerminalLine keys(BenchView view) {
    int switches = view.switches();
    String letters =
        switches == 1 ? "a" : switches == 2 ? "a b" : "a-" + (char) ('a' + switches - 1);
    // From the sixth switch on, f is one of them.
    String engine = switches < 6 ? "f" : "x";
    TerminalLine line = line();
    if (view.keysFlip()) {
      addKey(line, letters, "flip");
    }
    addKey(line, "r", "retrain");
    addKey(line, engine, "float/fixed");
    addKey(line, "q", "quit");
    return line;
  }

  private static void addKey(TerminalLine line, String key, String action) {
    line.add(key, Colour.ORANGE).add(" " + action + "    ", Colour.GREY);
  }

  /** Text from elsewhere, made safe for the terminal and cut to a width. */
  private String shown(String text, int columns) {
    StringBuilder shown = new StringBuilder();
    text.codePoints().limit(columns).forEach(c -> shown.append(isShown(c) ? (char) c : '?'));
    return shown.toString();
  }

  /** Latin letters, which are one column wide, and in Unicode this screen's own dot. */
  private boolean isShown(int character) {
    boolean isAscii = character >= ' ' && character <= '~';
    return isAscii || (style.hasUnicode() && character >= 0xa0 && character < 0x250);
  }

  private static List<String> tooSmall(int columns, int rows) {
    String text =
        "Switchback needs a window of "
            + MIN_COLUMNS
            + " by "
            + MIN_ROWS
            + "; this one is "
            + columns
            + " by "
            + rows
            + ". Please enlarge it, or press q to quit.";
    List<String> lines = new ArrayList<>();
    String line = "";
    for (String word : text.split(" ", -1)) {
      String longer = line.isEmpty() ? word : line + " " + word;
      if (longer.length() > columns && !line.isEmpty()) {
        lines.add(line);
        longer = word;
      }
      line = longer.substring(0, Math.min(longer.length(), columns));
    }
    lines.add(line);
    return lines.subList(0, Math.min(lines.size(), rows));
  }
}
