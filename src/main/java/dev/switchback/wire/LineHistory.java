package dev.switchback.wire;

import java.util.ArrayList;
import java.util.List;

/** The lines that were entered, and where a person is among them. */
final class LineHistory {
  private final int maxLines;
  private final List<String> lines = new ArrayList<>();

  /** What was typed before it went back, and stands after the newest. */
  private String draft = "";

  private int position;

  LineHistory(int maxLines) {
    this.maxLines = maxLines;
  }

  /** Keeps a line unless it is blank or the same as the newest. */
  void add(String line) {
    if (line.isBlank() || (!lines.isEmpty() && lines.getLast().equals(line))) {
      return;
    }
    if (lines.size() == maxLines) {
      lines.removeFirst();
    }
    lines.add(line);
  }

  /** Goes back behind the newest. */
  void rewind() {
    position = lines.size();
  }

  /**
   * The line before; the oldest stays.
   *
   * @param current what is typed now
   */
  String older(String current) {
    return go(position - 1, current);
  }

  /** The line after; behind the newest comes what was typed. */
  String newer(String current) {
    return go(position + 1, current);
  }

  private String go(int target, String current) {
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
