package dev.switchback.lesson;

import dev.switchback.core.nn.TruthTable;

/**
 * What a person teaches in words: a whole table, such as {@code 0111} or {@code or}, or one
 * position, such as {@code 01=0}. Immutable; any thread.
 */
public sealed interface Teaching {
  /** A whole lesson. */
  record Table(TruthTable truth) implements Teaching {}

  /**
   * The answer in one position; all others stay.
   *
   * @param row of the truth table
   * @param answer see {@link TruthTable#answer(int)}
   */
  record Position(int row, int answer) implements Teaching {}

  /**
   * Parses the words of a person.
   *
   * @param present a table for as many switches and LEDs as there are
   * @throws IllegalArgumentException saying what is expected
   */
  static Teaching parse(String text, TruthTable present) {
    int equals = text.indexOf('=');
    return equals < 0
        ? new Table(table(text, present))
        : position(text.substring(0, equals), text.substring(equals + 1), present);
  }

  private static TruthTable table(String text, TruthTable present) {
    TruthTable table = NamedTruth.parse(text, present.inputs());
    if (table.inputs() != present.inputs() || table.leds() != present.leds()) {
      throw new IllegalArgumentException(
          "a table such as " + present + " is expected, or a position such as " + example(present));
    }
    return table;
  }

  private static Teaching position(String levels, String answer, TruthTable present) {
    String digits = answer.replace(",", "");
    if (!levels.matches("[01]{" + present.inputs() + "}")
        || !answer.matches("[01](,[01])*")
        || digits.length() != present.leds()) {
      throw new IllegalArgumentException(
          "a position is its switches, '=' and a digit per LED, such as " + example(present));
    }
    return new Position(Integer.parseInt(levels, 2), Integer.parseInt(digits, 2));
  }

  private static String example(TruthTable present) {
    return "1".repeat(present.inputs()) + "=1" + ",0".repeat(present.leds() - 1);
  }
}
