package dev.switchback.tools.bench;

import dev.switchback.core.nn.TruthTable;
import dev.switchback.lesson.NamedTruth;
import dev.switchback.tools.bench.BenchView.Answering;
import dev.switchback.tools.bench.BenchView.Learning;
import dev.switchback.tools.bench.BenchView.Network;
import dev.switchback.tools.bench.BenchView.Phase;
import dev.switchback.tools.plot.Colour;
import dev.switchback.tools.plot.TerminalCurve;
import dev.switchback.tools.plot.TerminalLine;
import dev.switchback.tools.plot.TerminalStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Draws the left half of the bench: switches, LEDs and both networks. One drawing per object. */
final class BenchPanel {
  static final int COLUMNS = 37;

  /** Lines of a panel with a loss curve of two rows and an axis. */
  static final int MIN_ROWS = 14;

  /** Without blank lines and the rows of the curve. */
  private static final int FIXED_ROWS = MIN_ROWS - 2;

  private static final int MAX_CURVE_ROWS = 8;

  /** Rows of the switches and the LEDs. */
  private static final int PART_ROWS = 4;

  private static final int SWITCH_COLUMNS = 13;
  private static final int LED_COLUMN = 27;

  /** Numbered LEDs: one or two columns. */
  private static final int LEDS_COLUMN = 25;

  private static final int LEDS_COLUMNS = 7;
  private static final int NAME_COLUMNS = 10;
  private static final int RIGHT_COLUMN = 23;

  /** Room for the loss and a gap before it. */
  private static final int LOSS_COLUMNS = 14;

  private static final int MAX_TOPOLOGY = 13;

  private static final String[] LIT = {" ▄███▄ ", "███████", "███████", " ▀███▀ "};
  private static final String[] DARK = {"╭─────╮", "│     │", "│     │", "╰─────╯"};
  private static final String[] LIT_ASCII = {" .---. ", "/#####\\", "\\#####/", " '---' "};
  private static final String[] DARK_ASCII = {" .---. ", "/     \\", "\\     /", " '---' "};

  private final TerminalStyle style;
  private final BenchView view;

  BenchPanel(TerminalStyle style, BenchView view) {
    this.style = style;
    this.view = view;
  }

  /** Draws into {@code rows} lines, at least {@link #MIN_ROWS}. */
  List<TerminalLine> lines(int rows) {
    boolean isSpaced = rows >= MIN_ROWS + 2;
    List<TerminalLine> lines = new ArrayList<>();
    lines.add(headings());
    for (int row = 0; row < PART_ROWS; row++) {
      lines.add(switchesAndLeds(row));
    }
    if (isSpaced) {
      lines.add(line());
    }
    lines.add(answering());
    lines.add(output());
    lines.add(outputScale());
    if (isSpaced) {
      lines.add(line());
    }
    learning(lines, Math.min(rows - FIXED_ROWS - (isSpaced ? 2 : 0), MAX_CURVE_ROWS));
    while (lines.size() < rows) {
      lines.add(line());
    }
    return lines;
  }

  private TerminalLine line() {
    return new TerminalLine(style);
  }

  private TerminalLine heading(String name) {
    return line().add(name, Colour.GREY);
  }

  private TerminalLine headings() {
    TerminalLine line = heading("SWITCHES");
    return view.leds() > 1
        ? line.padTo(LEDS_COLUMN).add("LEDS", Colour.GREY)
        : line.padTo(LED_COLUMN).add("LED", Colour.GREY).add(view.isLit(0) ? " lit" : " dark");
  }

  private TerminalLine switchesAndLeds(int row) {
    TerminalLine line = line();
    addParts(line, row, view.switches(), SWITCH_COLUMNS, this::addSwitch);
    if (view.leds() > 1) {
      addParts(line.padTo(LEDS_COLUMN), row, view.leds(), LEDS_COLUMNS, this::addLed);
      return line;
    }
    return line.padTo(LED_COLUMN).add(led()[row], colour(view.isLit(0)));
  }

  private String[] led() {
    return view.isLit(0) ? style.pick(LIT, LIT_ASCII) : style.pick(DARK, DARK_ASCII);
  }

  private static Colour colour(boolean isOn) {
    return isOn ? Colour.ORANGE : Colour.GREY;
  }

  /** Adds the parts of a row: two parts are below each other, and more than four in two columns. */
  private static void addParts(
      TerminalLine line, int row, int parts, int columns, BiConsumer<TerminalLine, Integer> add) {
    int left = line.columns();
    for (int index = 0; index < parts; index++) {
      if (row == (parts <= 2 ? 2 * index + 1 : index % PART_ROWS)) {
        line.padTo(left + index / PART_ROWS * columns);
        add.accept(line, index);
      }
    }
  }

  private void addLed(TerminalLine line, int index) {
    boolean isLit = view.isLit(index);
    line.add(index + 1 + " ").add(isLit ? style.pick("(█)", "(#)") : "( )", colour(isLit));
  }

  private void addSwitch(TerminalLine line, int index) {
    boolean isClosed = view.isClosed(index);
    line.add((char) ('A' + index) + " ");
    line.add(
        isClosed ? style.pick("━━━━●", "[  #]") : style.pick("○━━━━", "[o  ]"), colour(isClosed));
    line.add(isClosed ? " 1" : " 0");
  }

  /** Returns a line with a heading, a text, and a right-aligned state. */
  private TerminalLine named(String name, String text, String state, @Nullable Colour colour) {
    TerminalLine line = heading(name).padTo(NAME_COLUMNS).add(text);
    return line.padTo(COLUMNS - state.length()).add(state, colour, null);
  }

  private TerminalLine answering() {
    Network network = view.answering().network();
    if (network == null) {
      String what = view.leds() > 1 ? "none: the LEDs stay dark" : "none: the LED stays dark";
      return named("ANSWERING", what, "", null);
    }
    String text = shortened(network.topology()) + "  ";
    TruthTable answers = TruthTable.parse(network.answers());
    String ofAll = NamedTruth.describe(answers);
    String ofShown =
        "LED " + (view.led() + 1) + " " + NamedTruth.describe(answers.ofLed(view.led()));
    int room = COLUMNS - NAME_COLUMNS - text.length();
    text += firstWithin(room, ofAll, network.answers(), ofShown, "");
    return named("ANSWERING", text, "", null);
  }

  /** Returns the first text that fits, or the last. */
  static String firstWithin(int columns, String... texts) {
    for (String text : texts) {
      if (text.length() <= columns) {
        return text;
      }
    }
    return texts[texts.length - 1];
  }

  private static String shortened(String topology) {
    return topology.length() > MAX_TOPOLOGY
        ? topology.substring(0, MAX_TOPOLOGY - 2) + ".."
        : topology;
  }

  private String right(Network network) {
    return network.right() + " of " + view.truth().rows() + " right";
  }

  private TerminalLine output() {
    Answering answering = view.answering();
    Network network = answering.network();
    String name = view.leds() > 1 ? "LED " + (view.led() + 1) + "  " : "output ";
    TerminalLine line = line().add(name, Colour.GREY);
    if (network == null || Float.isNaN(answering.output())) {
      return line.add("-");
    }
    return line.add(String.format(Locale.ROOT, "%.4f", answering.output()))
        .add("  " + answering.engine(), Colour.GREY)
        .padTo(RIGHT_COLUMN)
        .add(right(network));
  }

  private TerminalLine outputScale() {
    float output = view.answering().output();
    int last = COLUMNS - 5;
    int knob = Math.round(Math.clamp(output, 0f, 1f) * last);
    TerminalLine line = line().add("0 ", Colour.GREY);
    for (int k = 0; k <= last; k++) {
      if (k == knob && !Float.isNaN(output)) {
        line.add(style.pick("●", "#"), output > 0.5f ? Colour.ORANGE : Colour.ACCENT);
      } else {
        line.add(k == last / 2 ? style.pick("┼", "+") : style.pick("─", "-"), Colour.GREY);
      }
    }
    return line.add(" 1", Colour.GREY);
  }

  private void learning(List<TerminalLine> lines, int curveRows) {
    Learning learning = view.learning();
    if (learning == null) {
      lines.add(named("LEARNING", "nothing; r trains a network", "", null));
      return;
    }
    Network network = learning.network();
    lines.add(
        named(
            "LEARNING", shortened(network.topology()), state(learning), colour(learning.phase())));
    String answers =
        firstWithin(
            COLUMNS - LOSS_COLUMNS, network.answers() + "  " + right(network), right(network));
    lines.add(
        line()
            .add(answers)
            .padTo(Math.max(RIGHT_COLUMN, answers.length() + 1))
            .add("loss ", Colour.GREY)
            .add(String.format(Locale.ROOT, "%.3g", learning.loss())));
    lines.add(epochs(learning));
    lines.addAll(new TerminalCurve(learning.history(), style, COLUMNS, curveRows).lines());
  }

  private static String state(Learning learning) {
    return switch (learning.phase()) {
      case RUNNING -> learning.pace();
      case LEARNT -> "learnt";
      case NOT_LEARNT -> "not learnt";
    };
  }

  private static @Nullable Colour colour(Phase phase) {
    return switch (phase) {
      case RUNNING -> null;
      case LEARNT -> Colour.ACCENT;
      case NOT_LEARNT -> Colour.ORANGE;
    };
  }

  private TerminalLine epochs(Learning learning) {
    String restarts = style.pick("▲", "^") + " restarts " + learning.restarts();
    String limit = String.format(Locale.ROOT, " of %,d", learning.maxEpochs());
    TerminalLine line =
        line().add("epoch ", Colour.GREY).add(String.format(Locale.ROOT, "%,d", learning.epochs()));
    if (line.columns() + limit.length() + 1 + restarts.length() <= COLUMNS) {
      line.add(limit, Colour.GREY);
    }
    return line.padTo(Math.min(RIGHT_COLUMN, COLUMNS - restarts.length()))
        .add(restarts, Colour.GREY);
  }
}
