package dev.switchback.tools.plot;

import dev.switchback.core.PositionText;
import dev.switchback.core.nn.Answers;
import dev.switchback.core.nn.Model;
import dev.switchback.core.nn.TruthTable;

/**
 * Draws the raw outputs of a model as SVG. Each switch position is a row: a bar from the threshold
 * to the output on a scale from 0 to 1, the target, the value, the answer and whether it is right.
 * Two outputs are below each other; the larger wins. Pure; any thread that may use the model.
 */
public final class OutputsPicture {
  private static final double WIDTH = 760;
  private static final double LINE = 20;
  private static final double ROW_GAP = 10;
  private static final double ROWS_TOP = Sheet.TOP + 34;
  private static final double SWITCH_WIDTH = 18;
  private static final double TARGET_GAP = 36;
  private static final double SCALE_GAP = 56;
  private static final double CLASS_NAME_GAP = 56;
  private static final double SCALE_RIGHT = 500;
  private static final double LEGEND = 336;
  private static final double VALUE = 614;
  private static final double ANSWER = 650;
  private static final double VERDICT = 672;
  private static final double DOT = 5;

  /** Height of scale and legend below the rows. */
  private static final double BELOW_ROWS = 84;

  private static final Colour WRONG = new Colour(0xb3, 0x3a, 0x00);

  private final Answers answers;
  private final TruthTable targets;
  private final int outputs;
  private final boolean isArgmax;
  private final double rowHeight;
  private final double bottom;
  private final double targetX;
  private final Scale scale;
  private int right;
  private boolean hasArrow;

  private OutputsPicture(Model model, TruthTable targets) {
    this.answers = Answers.of(model);
    this.targets = targets;
    this.outputs = model.topology().outputs();
    this.isArgmax = model.topology().isArgmax();
    this.rowHeight = outputs * LINE + ROW_GAP;
    this.bottom = ROWS_TOP + targets.rows() * rowHeight;
    this.targetX = Sheet.MARGIN + targets.inputs() * SWITCH_WIDTH + TARGET_GAP;
    double scaleLeft = targetX + SCALE_GAP + (outputs > 1 ? CLASS_NAME_GAP : 0);
    this.scale = new Scale(0, 1, scaleLeft, SCALE_RIGHT);
  }

  /**
   * Returns the SVG document.
   *
   * @param targets that the model's topology fits
   */
  public static String svg(Model model, TruthTable targets, String title, String subtitle) {
    return new OutputsPicture(model, targets).draw(title, subtitle);
  }

  private String draw(String title, String subtitle) {
    Svg rows = new Svg();
    for (int row = 0; row < targets.rows(); row++) {
      row(rows, row);
    }
    String summary = right + " of " + targets.rows() + " switch positions are answered right";
    String description =
        "Outputs of the network for every switch position, against the threshold of 0.5. "
            + summary;
    Svg svg = Sheet.begin(WIDTH, bottom + BELOW_ROWS, title, subtitle, description + ".");
    heading(svg);
    grid(svg);
    svg.addAll(rows);
    legend(svg, summary);
    return svg.document();
  }

  private void heading(Svg svg) {
    double y = ROWS_TOP - 14;
    for (int i = 0; i < targets.inputs(); i++) {
      svg.text(switchX(i), y, Character.toString('A' + i), "text-anchor=middle");
    }
    svg.text(targetX, y, "target", "text-anchor=middle");
    svg.text(scale.at(0.5), y, "output", "text-anchor=middle");
    svg.text(ANSWER, y, "answer", "text-anchor=start");
    svg.line(Sheet.MARGIN, y + 8, WIDTH - Sheet.MARGIN, y + 8, "stroke=" + Colour.SOFT);
  }

  private void grid(Svg svg) {
    for (int quarter = 0; quarter <= 4; quarter++) {
      double x = scale.at(quarter / 4.0);
      Colour colour = quarter == 2 ? Colour.BLACK : Colour.GRID;
      svg.line(x, ROWS_TOP - 6, x, bottom + 2, "stroke=" + colour);
      svg.text(x, bottom + 18, Svg.number(quarter / 4.0), "text-anchor=middle");
    }
  }

  private double switchX(int input) {
    return Sheet.MARGIN + SWITCH_WIDTH * (input + 0.5);
  }

  private void row(Svg svg, int row) {
    double top = ROWS_TOP + row * rowHeight;
    double middle = top + outputs * LINE / 2;
    for (int i = 0; i < targets.inputs(); i++) {
      svg.text(switchX(i), middle + 4, "" + targets.input(row, i), "text-anchor=middle");
    }
    svg.text(targetX, middle + 4, text(targets.answer(row)), "text-anchor=middle");
    for (int output = 0; output < outputs; output++) {
      output(svg, row, output, top + (output + 0.5) * LINE);
    }
    verdict(svg, row, middle + 4);
    double edge = top + rowHeight - ROW_GAP / 2;
    svg.line(Sheet.MARGIN, edge, WIDTH - Sheet.MARGIN, edge, "stroke=" + Colour.GRID);
  }

  private String text(int answer) {
    return PositionText.answer(answer, targets.leds());
  }

  private void output(Svg svg, int row, int output, double y) {
    double wanted =
        isArgmax ? (targets.answer(row) == output ? 1 : 0) : targets.answer(row, output);
    svg.circle(scale.at(wanted), y, DOT + 3, "fill=#ffffff", "stroke=" + Colour.SOFT);
    if (outputs > 1) {
      String name = isArgmax ? "class " + output : "LED " + (output + 1);
      svg.text(scale.start() - 20, y + 4, name, "text-anchor=end");
    }
    float value = answers.outputs(row)[output];
    if (!Float.isNaN(value)) {
      bar(svg, value, y);
    }
    String weight = isArgmax && output == answers.answer(row) ? "bold" : "";
    String printed = Numeral.decimals(value, 4);
    svg.text(VALUE, y + 4, printed, "text-anchor=end", "font-weight=" + weight);
  }

  /** Draws a bar from the threshold to the output, with an arrow if it is beyond the scale. */
  private void bar(Svg svg, float value, double y) {
    double threshold = scale.at(0.5);
    double x = scale.at(Math.clamp(value, 0f, 1f));
    Colour colour = value > 0.5f ? Colour.ORANGE : Colour.BLUE;
    double left = Math.min(x, threshold);
    svg.rect(left, y - 3, Math.abs(x - threshold), 6, "fill=" + colour);
    if (value >= 0 && value <= 1) {
      svg.circle(x, y, DOT, "fill=" + colour);
    } else {
      hasArrow = true;
      arrow(svg, x, value > 1 ? 12 : -12, y, colour);
    }
  }

  private static void arrow(Svg svg, double x, double length, double y, Colour colour) {
    String tip = Svg.number(x + length) + "," + Svg.number(y);
    String above = Svg.number(x) + "," + Svg.number(y - 7);
    String below = Svg.number(x) + "," + Svg.number(y + 7);
    svg.add("polygon", "points=" + above + " " + tip + " " + below, "fill=" + colour);
  }

  private void verdict(Svg svg, int row, double baseline) {
    boolean isNumber = answers.isFinite(row);
    int answered = answers.answer(row);
    boolean isRight = isNumber && answered == targets.answer(row);
    right += isRight ? 1 : 0;
    svg.text(ANSWER, baseline, isNumber ? text(answered) : "-", "text-anchor=middle");
    Colour colour = isRight ? Colour.BLACK : WRONG;
    svg.text(VERDICT, baseline, isRight ? "✓ right" : "✗ wrong", "fill=" + colour);
  }

  private void legend(Svg svg, String summary) {
    double y = bottom + 50;
    svg.text(Sheet.MARGIN, y, summary);
    String winner = isArgmax ? "Of two outputs the larger wins, printed bold. " : "";
    String note = winner + (hasArrow ? "An arrow is an output beyond the scale." : "");
    svg.text(Sheet.MARGIN, y + 18, note.strip());
    svg.circle(LEGEND, y - 4, DOT + 3, "fill=#ffffff", "stroke=" + Colour.SOFT);
    svg.text(LEGEND + 16, y, "target");
    svg.circle(LEGEND + 80, y - 4, DOT, "fill=" + Colour.BLUE);
    svg.circle(LEGEND + 94, y - 4, DOT, "fill=" + Colour.ORANGE);
    svg.text(LEGEND + 108, y, "output, below and above the threshold of 0.5");
  }
}
