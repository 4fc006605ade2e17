package dev.switchback.tools.bench;

import dev.switchback.core.nn.TruthTable;
import dev.switchback.lesson.NamedTruth;
import dev.switchback.tools.bench.BenchView.Learning;
import dev.switchback.tools.bench.BenchView.Network;
import dev.switchback.tools.bench.BenchView.Note;
import dev.switchback.tools.bench.BenchView.Phase;
import dev.switchback.tools.plot.Colour;
import dev.switchback.tools.plot.TerminalLine;
import dev.switchback.tools.plot.TerminalMap;
import dev.switchback.tools.plot.TerminalStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Draws a {@link BenchView} as terminal lines that fit the window. Immutable; any thread. */
public final class BenchScreen {
  /** Smallest window that shows everything. */
  public static final int MIN_COLUMNS = 70;

  public static final int MIN_ROWS = 19;

  private static final int MARGIN_COLUMNS = 1;
  private static final int MAP_COLUMN = MARGIN_COLUMNS + BenchPanel.COLUMNS + 3;
  private static final int MAP_GAP = 3;

  /** Title, status, keys and two rules. */
  private static final int FRAME_ROWS = 5;

  /** The name of the network above its map. */
  private static final int MAP_HEADING_ROWS = 1;

  private static final int MAX_MAP_ROWS = 34;
  private static final int MAX_TOPOLOGY = 11;

  private final TerminalStyle style;

  public BenchScreen(TerminalStyle style) {
    this.style = style;
  }

  /**
   * The layout for one window size.
   *
   * @param mapRows most lines of a map
   * @param hasBothMaps whether the maps of both networks fit
   */
  private record Layout(int columns, int bodyRows, int mapRows, boolean hasBothMaps) {
    static Layout of(int columns, int rows) {
      int high = Math.min(rows - FRAME_ROWS - MAP_HEADING_ROWS, MAX_MAP_ROWS);
      int mapColumns = TerminalMap.columnsWithin(high);
      int wide = (columns - MAP_COLUMN - TerminalMap.GUTTER_COLUMNS - MARGIN_COLUMNS) / 2 + 1;
      int mapRows = Math.min(high, wide);
      return new Layout(
          columns,
          Math.max(MAP_HEADING_ROWS + TerminalMap.rowsWithin(mapRows), BenchPanel.MIN_ROWS),
          mapRows,
          MAP_COLUMN + 2 * mapColumns + MAP_GAP + MARGIN_COLUMNS <= columns);
    }

    /** Returns whether the colour scale fits into the heading of a map. */
    boolean hasScales() {
      return mapColumns() >= 36;
    }

    int mapColumns() {
      return TerminalMap.columnsWithin(mapRows);
    }

    int width() {
      return MAP_COLUMN + mapColumns() + (hasBothMaps ? MAP_GAP + mapColumns() : 0);
    }

    String indent() {
      return " ".repeat((columns - width() - MARGIN_COLUMNS) / 2);
    }
  }

  /**
   * Draws the bench for a window of this size, with colours. In a window below {@link #MIN_COLUMNS}
   * by {@link #MIN_ROWS} it asks for a larger one.
   */
  public List<String> lines(BenchView view, int columns, int rows) {
    return page(view, columns, rows, this::bench);
  }

  /** Draws the help page: the keys and their actions. */
  public List<String> help(BenchView view, int columns, int rows) {
    return page(view, columns, rows, this::keyList);
  }

  private List<String> page(
      BenchView view,
      int columns,
      int rows,
      BiFunction<BenchView, Layout, List<TerminalLine>> content) {
    if (columns < MIN_COLUMNS || rows < MIN_ROWS) {
      return tooSmall(columns, rows);
    }
    Layout layout = Layout.of(columns, rows);
    List<TerminalLine> lines = new ArrayList<>();
    lines.add(title(view, layout.width()));
    lines.add(rule(layout.width()));
    lines.addAll(content.apply(view, layout));
    return lines.stream().map(line -> layout.indent() + line).toList();
  }

  private List<TerminalLine> bench(BenchView view, Layout layout) {
    List<TerminalLine> lines = new ArrayList<>(body(view, layout));
    lines.addAll(bottom(view, layout));
    lines.add(keys(view));
    return lines;
  }

  private List<TerminalLine> keyList(BenchView view, Layout layout) {
    List<TerminalLine> lines = new ArrayList<>();
    for (String[] key : BenchHelp.keys(view, style)) {
      lines.add(line().add(key[0], Colour.ORANGE).padTo(MARGIN_COLUMNS + 10).add(key[1]));
    }
    while (lines.size() < layout.bodyRows()) {
      lines.add(line());
    }
    lines.add(rule(layout.width()));
    lines.add(line().add(BenchHelp.SUMMARY));
    lines.add(line().add("any key", Colour.ORANGE).add(" back to the bench", Colour.GREY));
    return lines;
  }

  private TerminalLine line() {
    return new TerminalLine(style).padTo(MARGIN_COLUMNS);
  }

  private TerminalLine rule(int width) {
    return line().add(style.pick("─", "-").repeat(width - MARGIN_COLUMNS), Colour.GREY);
  }

  private TerminalLine title(BenchView view, int width) {
    TruthTable truth = view.truth();
    Learning learning = view.learning();
    String how = "  recipe " + view.recipe();
    if (learning != null) {
      how += "  seed " + learning.seed();
    }
    int room = width - 21;
    String what =
        BenchPanel.firstWithin(
            room - how.length(),
            NamedTruth.describe(truth),
            truth.toString(),
            truth.rows() + " rows" + (truth.leds() > 1 ? " for " + truth.leds() + " LEDs" : ""));
    return ends(
        line().add("Switchback", Colour.ACCENT),
        line().add("learns ", Colour.GREY).add(shown(what + how, room)),
        width);
  }

  /** One text at the left, one at the right end. */
  private TerminalLine ends(TerminalLine left, TerminalLine right, int width) {
    return left.padTo(width - right.columns()).add(right);
  }

  private List<TerminalLine> body(BenchView view, Layout layout) {
    List<TerminalLine> panel = new BenchPanel(style, view).lines(layout.bodyRows());
    Learning learning = view.learning();
    Network learner = learning == null ? null : learning.network();
    Network answerer = view.answering().network();
    // With room for one map, show the network that learns; after that, the one that answers.
    boolean isLearners = learning != null && learning.phase() != Phase.LEARNT;
    List<TerminalLine> left =
        layout.hasBothMaps || !isLearners
            ? map(view, "ANSWERING", answerer, layout)
            : map(view, "LEARNING", learner, layout);
    List<TerminalLine> right =
        layout.hasBothMaps ? map(view, "LEARNING", learner, layout) : List.of();
    List<TerminalLine> lines = new ArrayList<>();
    for (int row = 0; row < layout.bodyRows(); row++) {
      TerminalLine line = line().add(panel.get(row));
      if (row < left.size()) {
        line.padTo(MAP_COLUMN).add(left.get(row));
      }
      if (row < right.size()) {
        line.padTo(MAP_COLUMN + layout.mapColumns() + MAP_GAP).add(right.get(row));
      }
      lines.add(line);
    }
    return lines;
  }

  private List<TerminalLine> map(
      BenchView view, String name, @Nullable Network network, Layout layout) {
    if (network == null) {
      return List.of();
    }
    List<TerminalLine> lines = new ArrayList<>();
    TerminalLine heading =
        new TerminalLine(style)
            .padTo(TerminalMap.GUTTER_COLUMNS)
            .add(name, Colour.GREY)
            .add(
                view.leds() > 1
                    ? " LED " + (view.led() + 1)
                    : " " + shown(network.topology(), MAX_TOPOLOGY));
    lines.add(layout.hasScales() ? ends(heading, scale(), layout.mapColumns()) : heading);
    // Targets of A and B at the present levels of the other switches.
    TruthTable targets =
        view.truth().ofLed(view.led()).ofFirstTwo(BenchView.others(view.row(), view.switches()));
    lines.addAll(
        new TerminalMap(network.map(), style, layout.mapRows()).lines(targets, view.corner()));
    return lines;
  }

  /** Returns the colours or characters of a map, from 0 to 1. */
  private TerminalLine scale() {
    TerminalLine scale = new TerminalLine(style).add("0", Colour.GREY);
    TerminalMap.addScale(scale, style);
    return scale.add("1", Colour.GREY);
  }

  /** Returns the rule and the status. A note replaces the status; a long note replaces both. */
  private List<TerminalLine> bottom(BenchView view, Layout layout) {
    int width = layout.width();
    Note note = view.note();
    if (note == null) {
      return List.of(rule(width), status(view, layout));
    }
    List<String> text =
        wrapped(shown((note.isFault() ? "fault: " : "") + note.text(), 2 * width), width - 3);
    TerminalLine last = noted(note, text.get(Math.min(1, text.size() - 1)));
    return List.of(text.size() == 1 ? rule(width) : noted(note, text.getFirst()), last);
  }

  private TerminalLine noted(Note note, String text) {
    return note.isFault()
        ? line().add(" " + text + " ", Colour.BLACK, Colour.ORANGE)
        : line().add(" " + text + " ", Colour.ORANGE);
  }

  /** Returns the board and the tick count on the left, the legend of the map on the right. */
  private TerminalLine status(BenchView view, Layout layout) {
    int width = layout.width();
    TerminalLine legend = line();
    if (!layout.hasScales()) {
      legend.add("map ", Colour.GREY).add(scale()).add("  ");
    }
    legend.add(style.pick("wanted ○ 0 ● 1  now [ ]", "wanted 0 1  now [ ]"), Colour.GREY);
    String text =
        view.board()
            + style.pick(" · ", " | ")
            + String.format(Locale.ROOT, "%,d ticks", view.ticks());
    return ends(line().add(shown(text, width - legend.columns() - 2)), legend, width);
  }

  private TerminalLine keys(BenchView view) {
    TerminalLine line = line();
    if (view.keysFlip()) {
      addKey(line, BenchHelp.flips(view.switches()), "flip");
    }
    addKey(line, "t", "teach");
    addKey(line, "space", "pause");
    if (view.leds() > 1) {
      addKey(line, "m", "LED");
    } else {
      addKey(line, "+ -", "speed");
    }
    addKey(line, "?", "all keys");
    addKey(line, "q", "quit");
    return line;
  }

  private static void addKey(TerminalLine line, String key, String action) {
    line.add(line.columns() > MARGIN_COLUMNS ? "   " : "").add(key, Colour.ORANGE);
    line.add(" " + action, Colour.GREY);
  }

  /** Makes foreign text safe for the terminal and cuts it to a width. */
  private String shown(String text, int columns) {
    StringBuilder shown = new StringBuilder();
    text.codePoints().limit(columns).forEach(c -> shown.append(isShown(c) ? (char) c : '?'));
    return shown.toString();
  }

  /** Allows Latin letters and, in Unicode, this screen's own dot: all are one column wide. */
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
    List<String> lines = wrapped(text, columns);
    return lines.subList(0, Math.min(lines.size(), rows));
  }

  private static List<String> wrapped(String text, int columns) {
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
    return lines;
  }
}
