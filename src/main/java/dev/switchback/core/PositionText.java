package dev.switchback.core;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Switches, LED and output in one line: {@code A=0 B=1 LED=1 output=0.9731}. */
public final class PositionText {
  private PositionText() {}

  /**
   * The line.
   *
   * @param switches a digit for each, see {@code TruthTable.levels}
   * @param output the number behind the answer; null, shown as {@code none}, while nothing answers
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
