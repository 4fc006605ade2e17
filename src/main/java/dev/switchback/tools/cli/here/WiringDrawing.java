package dev.switchback.tools.cli.here;

import dev.switchback.device.board.linux.HeaderPins;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;

/** Text drawing of the header, down to the last used row. */
final class WiringDrawing {
  private static final int NAME_COLUMNS = 5;
  private static final int WIRE_COLUMNS = 5;

  private final Map<Integer, String> ends;
  private final int textColumns;

  /**
   * @param ends connected parts by pin; not empty
   */
  WiringDrawing(Map<Integer, String> ends) {
    this.ends = ends;
    this.textColumns =
        ends.entrySet().stream()
            .filter(end -> HeaderPins.isOdd(end.getKey()))
            .mapToInt(end -> end.getValue().length())
            .max()
            .orElse(0);
  }

  String text() {
    StringBuilder text = new StringBuilder();
    for (int row = 0; row <= HeaderPins.row(Collections.max(ends.keySet())); row++) {
      int odd = 2 * row + 1;
      String line =
          String.format(
              Locale.ROOT, "%s  %2d  o o  %2d  %s", left(odd), odd, odd + 1, right(odd + 1));
      text.append(line.stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private String left(int pin) {
    String end = ends.get(pin);
    String text =
        end == null ? unusedLabel(pin) : end + " " + wire(pin) + " " + HeaderPins.name(pin);
    int columns = 2 + textColumns + 1 + WIRE_COLUMNS + 1 + NAME_COLUMNS;
    return " ".repeat(columns - text.length()) + text;
  }

  private String right(int pin) {
    String end = ends.get(pin);
    return end == null ? unusedLabel(pin) : HeaderPins.name(pin) + " " + wire(pin) + " " + end;
  }

  /** Returns the label of an unused pin; empty for GPIO lines, so that used ones stand out. */
  private static String unusedLabel(int pin) {
    return HeaderPins.isLine(pin) ? "" : HeaderPins.name(pin);
  }

  private static String wire(int pin) {
    return "-".repeat(WIRE_COLUMNS + NAME_COLUMNS - HeaderPins.name(pin).length());
  }
}
