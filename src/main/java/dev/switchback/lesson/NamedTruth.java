package dev.switchback.lesson;

import dev.switchback.core.nn.TruthTable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Truth tables with common names, each for any number of switches: {@code xor} is 1 if an odd
 * number of them is closed.
 */
public enum NamedTruth {
  AND("and"),
  OR("or"),
  XOR("xor"),
  NAND("nand"),
  NOR("nor"),
  XNOR("xnor");

  private final String label;

  NamedTruth(String label) {
    this.label = label;
  }

  /** Returns the name used in options. */
  public String label() {
    return label;
  }

  /** Returns all names, for display: {@code and, or, xor, ...}. */
  public static String labels() {
    StringBuilder labels = new StringBuilder();
    for (NamedTruth named : values()) {
      labels.append(labels.isEmpty() ? "" : ", ").append(named.label);
    }
    return labels.toString();
  }

  /**
   * Parses names, in upper or lower case, or digits as {@link TruthTable#parse} does; one per LED,
   * joined by commas.
   *
   * @param inputs number of switches, used for a name only
   * @throws IllegalArgumentException if the text is neither
   */
  public static TruthTable parse(String text, int inputs) {
    String[] tables = text.split(",", -1);
    for (int led = 0; led < tables.length; led++) {
      tables[led] = digits(tables[led], inputs);
    }
    return TruthTable.parse(String.join(",", tables));
  }

  private static String digits(String text, int inputs) {
    for (NamedTruth named : values()) {
      if (named.label.equalsIgnoreCase(text)) {
        return named.table(inputs).toString();
      }
    }
    if (text.isEmpty() || Character.isLetter(text.charAt(0))) {
      throw new IllegalArgumentException(
          "unknown truth table '" + text + "': use " + labels() + ", or digits such as 0110");
    }
    return text;
  }

  /**
   * Returns the number of switches that a topology such as {@code 2-3-1} begins with.
   *
   * @param widths may be anything, as it may not have been checked yet
   * @param fallback for other texts
   */
  public static int inputs(@Nullable String widths, int fallback) {
    return widths == null || !widths.matches("[1-8]-.*") ? fallback : widths.charAt(0) - '0';
  }

  /** Returns the table for a number of switches. */
  public TruthTable table(int inputs) {
    StringBuilder digits = new StringBuilder();
    for (int row = 0; row < 1 << inputs; row++) {
      digits.append(answer(Integer.bitCount(row), inputs) ? '1' : '0');
    }
    return TruthTable.parse(digits.toString());
  }

  private boolean answer(int closed, int inputs) {
    return switch (this) {
      case AND -> closed == inputs;
      case OR -> closed > 0;
      case XOR -> closed % 2 == 1;
      case NAND -> closed < inputs;
      case NOR -> closed == 0;
      case XNOR -> closed % 2 == 0;
    };
  }

  /**
   * Returns name and digits of each LED's table, such as {@code XOR 0110, AND 0001}; digits only
   * where there is no name.
   */
  public static String describe(TruthTable truth) {
    List<String> tables = new ArrayList<>();
    for (int led = 0; led < truth.leds(); led++) {
      tables.add(describeOne(truth.ofLed(led)));
    }
    return String.join(", ", tables);
  }

  private static String describeOne(TruthTable truth) {
    for (NamedTruth named : values()) {
      if (truth.inputs() > 1 && named.table(truth.inputs()).equals(truth)) {
        return named.name() + " " + truth;
      }
    }
    return truth.toString();
  }
}
