package dev.switchback.tools.bench;

import dev.switchback.tools.bench.BenchView.Phase;
import dev.switchback.tools.bench.BenchView.Training;
import dev.switchback.tools.plot.Colour;
import dev.switchback.tools.plot.TerminalCurve;
import dev.switchback.tools.plot.TerminalLine;
import dev.switchback.tools.plot.TerminalStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The left half of the bench: switches, LED, output, training. One drawing per object. */
final class BenchPanel {
  static final int COLUMNS = 37;

  /** Lines of a panel whose loss curve has two rows; every further line makes it higher. */
  static final int MIN_ROWS = 14;

  private static final int FIXED_ROWS = MIN_ROWS - 2;
  private static final int MAX_CURVE_ROWS = 8;
  private static final int SWITCH_ROWS = 4;
  private static final int LED_COLUMN = 27;
  private static final int BAR_COLUMNS = 18;
  private static final int RIGHT_COLUMN = 20;
  private static final int MAX_SEED_COLUMNS = 12;

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
    List<TerminalLine> lines = new ArrayList<>();
    lines.add(headings());
    for (int row = 0; row < SWITCH_ROWS; row++) {
      lines.add(switchesAndLed(row));
    }
    lines.add(line());
    lines.add(output());
    lines.add(outputScale());
    lines.add(line());
    lines.add(training());
    lines.add(progress());
    lines.add(numbers());
    int curveRows = Math.min(rows - FIXED_ROWS, MAX_CURVE_ROWS);
    lines.addAll(new TerminalCurve(view.training().history(), style, COLUMNS, curveRows).lines());
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
    return heading("SWITCHES").padTo(LED_COLUMN).add("LED", Colour.GREY).add(ledWord());
  }

  private String ledWord() {
    return view.isLedLit() ? " lit" : " dark";
  }

  private TerminalLine switchesAndLed(int row) {
    TerminalLine line = line();
    if (view.switches() > 2) {
      addSwitch(line, row);
      line.padTo(LED_COLUMN / 2);
      addSwitch(line, row + SWITCH_ROWS);
    } else if (row % 2 == 1) {
      addSwitch(line, row / 2);
    }
    return line.padTo(LED_COLUMN).add(led()[row], view.isLedLit() ? Colour.ORANGE : Colour.GREY);
  }

  private String[] led() {
    return view.isLedLit() ? style.pick(LIT, LIT_ASCII) : style.pick(DARK, DARK_ASCII);
  }

  private void addSwitch(TerminalLine line, int index) {
    if (index >= view.switches()) {
      return;
    }
    boolean isClosed = view.isClosed(index);
    line.add((char) ('A' + index) + " ");
    line.add(
        isClosed ? style.pick("━━━━●", "[  #]") : style.pick("○━━━━", "[o  ]"),
        isClosed ? Colour.ORANGE : Colour.GREY);
    line.add(isClosed ? " 1" : " 0");
  }

  private TerminalLine output() {
    return heading("OUTPUT  ")
        .add(Float.isNaN(view.output()) ? "-" : String.format(Locale.ROOT, "%.4f", view.output()))
        .padTo(LED_COLUMN - 4)
        .add("ENGINE  ", Colour.GREY)
        .add(view.engine());
  }

  private TerminalLine outputScale() {
    int last = COLUMNS - 5;
    int knob = Math.round(Math.clamp(view.output(), 0f, 1f) * last);
    TerminalLine line = line().add("0 ", Colour.GREY);
    for (int k = 0; k <= last; k++) {
      if (k == knob && !Float.isNaN(view.output())) {
        line.add(style.pick("●", "#"), view.output() > 0.5f ? Colour.ORANGE : Colour.ACCENT);
      } else {
        line.add(k == last / 2 ? style.pick("┼", "+") : style.pick("─", "-"), Colour.GREY);
      }
    }
    return line.add(" 1", Colour.GREY);
  }

  private TerminalLine training() {
    Training training = view.training();
    return heading("TRAINING  ")
        .add(training.phase().name().toLowerCase(Locale.ROOT))
        .padTo(RIGHT_COLUMN)
        .add("seed ", Colour.GREY)
        .add(shortened(training.seed()));
  }

  /** The first digits of a seed that has too many; the log has them all. */
  private static String shortened(long seed) {
    String digits = String.valueOf(seed);
    return digits.length() > MAX_SEED_COLUMNS
        ? digits.substring(0, MAX_SEED_COLUMNS - 2) + ".."
        : digits;
  }

  private TerminalLine progress() {
    Training training = view.training();
    double share = training.phase() == Phase.RUNNING ? ratio(training) : 1;
    int full = (int) Math.round(share * BAR_COLUMNS);
    return line()
        .add(style.pick("█", "#").repeat(full), Colour.ACCENT)
        .add(style.pick("░", ".").repeat(BAR_COLUMNS - full), Colour.GREY)
        .padTo(RIGHT_COLUMN)
        .add("epoch ", Colour.GREY)
        .add(String.valueOf(training.epoch()));
  }

  private static double ratio(Training training) {
    return Math.clamp((double) training.epoch() / Math.max(1, training.maxEpochs()), 0.0, 1.0);
  }

  private TerminalLine numbers() {
    Training training = view.training();
    float loss = training.loss();
    String text = Float.isNaN(loss) ? "-" : String.format(Locale.ROOT, "%.3g", loss);
    return line()
        .add("loss ", Colour.GREY)
        .add(text)
        .padTo(RIGHT_COLUMN)
        .add("restarts ", Colour.GREY)
        .add(String.valueOf(training.restarts()));
  }
}
