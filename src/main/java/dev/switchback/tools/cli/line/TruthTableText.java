package dev.switchback.tools.cli.line;

import dev.switchback.core.PositionText;
import dev.switchback.tools.cli.AnswerLines;
import dev.switchback.tools.cli.JsonObject;
import dev.switchback.tools.client.TruthReading;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The truth table of a device, as text and as JSON. */
final class TruthTableText {
  private TruthTableText() {}

  static void print(PrintWriter out, TruthReading truth) {
    lines(truth).forEach(out::println);
  }

  static List<String> lines(TruthReading truth) {
    List<String> lines = new ArrayList<>();
    int inputs = truth.answers().inputs();
    lines.add(AnswerLines.heading(inputs));
    for (int row = 0; row < truth.answers().rows(); row++) {
      lines.add(line(truth, row, inputs));
    }
    return lines;
  }

  private static String line(TruthReading truth, int row, int inputs) {
    int leds = truth.answers().leds();
    String answer = PositionText.answer(truth.answers().answer(row), leds);
    StringBuilder line = new StringBuilder(AnswerLines.row(row, inputs, answer)).append(' ');
    for (double output : truth.outputs().subList(row * leds, (row + 1) * leds)) {
      line.append(String.format(Locale.ROOT, " %.4f", output));
    }
    String expected = PositionText.answer(truth.expected().answer(row), leds);
    return line + (answer.equals(expected) ? "" : "  wrong, " + expected + " expected");
  }

  static JsonObject json(TruthReading truth) {
    return new JsonObject()
        .put("expected", truth.expected())
        .put("answers", truth.answers())
        .put("outputs", truth.outputs().stream().map(Double::floatValue).toList())
        .put("engine", truth.engine())
        .put("hash", truth.hash());
  }
}
