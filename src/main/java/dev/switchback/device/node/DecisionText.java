package dev.switchback.device.node;

import dev.switchback.core.nn.TruthTable;
import dev.switchback.device.control.Decision;
import java.util.Locale;

/** A decision as one line: {@code A=0 B=1 LED=1 output=0.9731}. */
public final class DecisionText {
  private DecisionText() {}

  /** The line; the output is {@code none} while no model answers. */
  public static String of(int switches, Decision decision) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < switches; i++) {
      int level = TruthTable.level(decision.row(), i, switches);
      line.append((char) ('A' + i)).append('=').append(level).append(' ');
    }
    line.append("LED=").append(decision.lit() ? 1 : 0).append(" output=");
    return decision.valid()
        ? line.append(String.format(Locale.ROOT, "%.4f", decision.output())).toString()
        : line.append("none").toString();
  }
}
