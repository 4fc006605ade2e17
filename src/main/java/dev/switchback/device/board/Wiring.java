package dev.switchback.device.board;

import java.util.List;

/**
 * The header lines of the switches and the LED, and how they are connected. Lines are BCM numbers,
 * not header pins.
 *
 * @param switchLines one per switch, A first; 1 to {@link #MAX_SWITCHES}, each 0 to {@link
 *     #MAX_LINE}, all different
 * @param ledLine 0 to {@link #MAX_LINE}, not one of the switches'
 * @param pull for all switches
 * @param switchActiveLow whether a closed switch reads LOW, as a switch to ground does
 * @param ledActiveLow whether LOW lights the LED
 */
public record Wiring(
    List<Integer> switchLines,
    int ledLine,
    Pull pull,
    boolean switchActiveLow,
    boolean ledActiveLow) {

  /** The last line of a 40-pin header. */
  public static final int MAX_LINE = 27;

  public static final int MAX_SWITCHES = 8;

  /** Switches from 17 and 27 to ground, LED from 22 through its resistor to ground. */
  public static final Wiring DEFAULT = new Wiring(List.of(17, 27), 22, Pull.UP, true, false);

  /**
   * @throws IllegalArgumentException naming the line that does not fit
   */
  public Wiring {
    switchLines = List.copyOf(switchLines);
    if (switchLines.isEmpty() || switchLines.size() > MAX_SWITCHES) {
      throw new IllegalArgumentException(
          "a board has 1 to " + MAX_SWITCHES + " switches, not " + switchLines.size());
    }
    for (int i = 0; i < switchLines.size(); i++) {
      int line = switchLines.get(i);
      requireLine(switchName(i), line);
      int first = switchLines.indexOf(line);
      if (first < i) {
        throw new IllegalArgumentException(
            switchName(first) + " and " + switchName(i) + " are both on GPIO" + line);
      }
      if (line == ledLine) {
        throw new IllegalArgumentException(
            switchName(i) + " and the LED are both on GPIO" + ledLine);
      }
    }
    requireLine("the LED", ledLine);
  }

  private static void requireLine(String what, int line) {
    if (line < 0 || line > MAX_LINE) {
      throw new IllegalArgumentException(
          what + " is on GPIO" + line + ", but the header has GPIO0 to GPIO" + MAX_LINE);
    }
  }

  /** Returns the name of a switch in messages: {@code switch A} for index 0. */
  public static String switchName(int index) {
    return "switch " + (char) ('A' + index);
  }
}
