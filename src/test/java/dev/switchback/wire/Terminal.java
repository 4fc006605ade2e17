package dev.switchback.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A scrolling screen of 80 columns that supports the sequences of the line editor. Anything else is
 * an error, and so is a character in the last column, because terminals differ in what follows.
 */
final class Terminal implements ByteSink {
  private static final int COLUMNS = 80;
  private static final Pattern SEQUENCE = Pattern.compile("\033\\[(\\d*)([DHJK])");

  private final List<StringBuilder> rows = new ArrayList<>();
  private int row;
  private int column;

  Terminal() {
    clear();
  }

  private void clear() {
    rows.clear();
    rows.add(new StringBuilder());
    row = 0;
    column = 0;
  }

  @Override
  public void send(byte[] bytes, int offset, int length) {
    String text = new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
    Matcher sequence = SEQUENCE.matcher(text);
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) != '\033') {
        show(text.charAt(i));
      } else if (sequence.find(i) && sequence.start() == i) {
        perform(sequence.group(1), sequence.group(2));
        i = sequence.end() - 1;
      } else {
        throw new AssertionError("an unknown sequence at " + i + " of " + text);
      }
    }
  }

  private void show(char character) {
    if (character == '\r') {
      column = 0;
    } else if (character == '\n') {
      rows.add(new StringBuilder());
      row++;
    } else if (character < ' ' || character > '~' || column == COLUMNS - 1) {
      throw new AssertionError("character " + (int) character + " in column " + column);
    } else {
      StringBuilder current = rows.get(row);
      current.append(" ".repeat(Math.max(0, column + 1 - current.length())));
      current.setCharAt(column++, character);
    }
  }

  private void perform(String parameter, String letter) {
    switch (letter) {
      case "D" -> column = Math.max(0, column - Integer.parseInt(parameter));
      case "K" -> rows.get(row).setLength(Math.min(column, rows.get(row).length()));
      case "H" -> {
        row = 0;
        column = 0;
      }
      default -> clear();
    }
  }

  /** Returns the row of the cursor, with the cursor as a bar. */
  String line() {
    StringBuilder line = new StringBuilder(rows.get(row));
    return line.insert(column, '|').toString();
  }

  List<String> rows() {
    return rows.stream().map(StringBuilder::toString).toList();
  }
}
