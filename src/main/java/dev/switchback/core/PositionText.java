package dev.switchback.core;

import dev.switchback.core.nn.TruthTable;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Formats switches, LED and output as one line: {@code A=0 B=1 LED=1 output=0.9731}. */
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
   * @param output the network's output; null, printed as {@code none}, if no network answers
   */
  public static String of(String switches, boolean lit, @Nullable Float output) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < switches.length(); i++) {
      line.append((char) ('A' + i)).append('=').append(switches.charAt(i)).append(' ');
    }
    return line.append("LED=")
        .append(lit ? 1 : 0)
        .append(" output=")
        .append(output == null ? "none" : String.format(Locale.ROOT, "%.4f", output))
        .toString();
  }
}
