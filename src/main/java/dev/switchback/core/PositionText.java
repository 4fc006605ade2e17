package dev.switchback.core;

import dev.switchback.core.nn.TruthTable;
import java.util.Locale;

/** Formats switches, LEDs and outputs as one line: {@code A=0 B=1 LED=1 output=0.9731}. */
public final class PositionText {
  private PositionText() {}

  /** Returns an answer with one digit per LED, such as {@code 1,0}; see {@code Topology.answer}. */
  public static String answer(int answer, int leds) {
    StringBuilder digits = new StringBuilder();
    for (int led = 0; led < leds; led++) {
      digits.append(led > 0 ? "," : "").append(TruthTable.level(answer, led, leds));
    }
    return digits.toString();
  }

  /**
   * Returns the line.
   *
   * @param switches one digit per switch, see {@code TruthTable.levels}
   * @param answer one digit per LED, see {@link #answer}
   * @param outputs the network's output for each LED; none, printed as {@code none}, if no network
   *     answers
   */
  public static String of(String switches, String answer, float... outputs) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < switches.length(); i++) {
      line.append((char) ('A' + i)).append('=').append(switches.charAt(i)).append(' ');
    }
    return line.append("LED=")
        .append(answer)
        .append(" output=")
        .append(outputs(outputs))
        .toString();
  }

  /** Returns the output for each LED, such as {@code 0.9731,0.0214}; {@code none} if empty. */
  public static String outputs(float... outputs) {
    StringBuilder numbers = new StringBuilder();
    for (float output : outputs) {
      numbers
          .append(numbers.isEmpty() ? "" : ",")
          .append(String.format(Locale.ROOT, "%.4f", output));
    }
    return numbers.isEmpty() ? "none" : numbers.toString();
  }
}
