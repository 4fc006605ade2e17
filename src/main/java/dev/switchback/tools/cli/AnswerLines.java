package dev.switchback.tools.cli;

import dev.switchback.core.nn.TruthTable;

/** The columns that every table of answers begins with: the switches, then the answer. */
public final class AnswerLines {
  private AnswerLines() {}

  /** {@code A B answer output} for two switches. */
  public static String heading(int inputs) {
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < inputs; i++) {
      names.append((char) ('A' + i)).append(' ');
    }
    return names + " answer  output";
  }

  /** The beginning of a line; outputs follow, each after two blanks. */
  public static String row(int row, int inputs, int answer) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < inputs; i++) {
      line.append(TruthTable.level(row, i, inputs)).append(' ');
    }
    String digits = Integer.toString(answer);
    return line + " ".repeat(7 - digits.length()) + digits;
  }
}
