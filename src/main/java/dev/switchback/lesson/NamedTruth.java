package dev.switchback.lesson;

import dev.switchback.core.nn.TruthTable;

/**
 * Truth tables that people know by name, each for any number of switches: {@code xor} is then an
 * odd number of closed ones.
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

  /** The name that options use. */
  public String label() {
    return label;
  }

  /** All names, for people: {@code and, or, xor, ...}. */
  public static String labels() {
    StringBuilder labels = new StringBuilder();
    for (NamedTruth named : values()) {
      labels.append(labels.isEmpty() ? "" : ", ").append(named.label);
    }
    return labels.toString();
  }

  /**
   * Reads a name in either case, or digits as {@link TruthTable#parse} does.
   *
   * @param inputs switches of a table that is named
   * @throws IllegalArgumentException if it is neither
   */
  public static TruthTable parse(String text, int inputs) {
    for (NamedTruth named : values()) {
      if (named.label.equalsIgnoreCase(text)) {
        return named.table(inputs);
      }
    }
    if (text.isEmpty() || Character.isLetter(text.charAt(0))) {
      throw new IllegalArgumentException(
          "unknown truth table '" + text + "': use " + labels() + ", or digits such as 0110");
    }
    return TruthTable.parse(text);
  }

  /** The table of so many switches. */
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

  /** Name and digits of a table, as {@code XOR 0110}; of one without a name the digits. */
  public static String describe(TruthTable truth) {
    for (NamedTruth named : values()) {
      if (truth.inputs() > 1 && named.table(truth.inputs()).equals(truth)) {
        return named.name() + " " + truth;
      }
    }
    return truth.toString();
  }
}
