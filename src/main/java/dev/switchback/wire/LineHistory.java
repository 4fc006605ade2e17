package dev.switchback.wire;

import java.util.ArrayList;
import java.util.List;

/** The entered lines, and the current position in them. */
final class LineHistory {
  private final int maxLines;
  private final List<String> lines = new ArrayList<>();

  /** The unfinished line, which comes after the newest entry. */
  private String draft = "";

  private int position;

  LineHistory(int maxLines) {
    this.maxLines = maxLines;
  }

  /** Adds a line unless it is blank or equal to the newest. */
  void add(String line) {
    if (line.isBlank() || (!lines.isEmpty() && lines.getLast().equals(line))) {
      return;
    }
    if (lines.size() == maxLines) {
      lines.removeFirst();
    }
    lines.add(line);
  }

  /** Moves after the newest line. */
  void rewind() {
    position = lines.size();
  }

  /**
   * Returns the previous line; at the oldest, the current text.
   *
   * @param current the text in the editor
   */
  String older(String current) {
    return moveTo(position - 1, current);
  }

  /** Returns the next line; after the newest, the unfinished line. */
  String newer(String current) {
    return moveTo(position + 1, current);
  }

  private String moveTo(int target, String current) {
    if (target < 0 || target > lines.size()) {
      return current;
    }
    if (position == lines.size()) {
      draft = current;
    }
    position = target;
    return target == lines.size() ? draft : lines.get(target);
  }
}
