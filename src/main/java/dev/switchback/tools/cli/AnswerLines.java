package dev.switchback.tools.cli;

import dev.switchback.core.nn.TruthTable;

/** The leading columns of every answer table: the switches, then the answer. */
public final class AnswerLines {
  private AnswerLines() {}

  /** Returns the heading, {@code A B answer output} for two switches. */
  public static String heading(int inputs) {
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < inputs; i++) {
      names.append((char) ('A' + i)).append(' ');
    }
    return names + " answer  output";
  }

  /** Returns the start of a line; the caller appends each output after two spaces. */
  public static String row(int row, int inputs, String answer) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < inputs; i++) {
      line.append(TruthTable.level(row, i, inputs)).append(' ');
    }
    return line + " ".repeat(Math.max(1, 7 - answer.length())) + answer;
  }
}
