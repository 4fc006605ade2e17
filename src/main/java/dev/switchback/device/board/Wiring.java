package dev.switchback.device.board;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lines of the switches and the LEDs, and how they are connected.
 *
 * @param switches A first; 1 to {@link #MAX_SWITCHES}, on different lines
 * @param leds at most {@link #MAX_LEDS}, on lines of their own
 * @param teach the teach button, on a line of its own; null for none
 */
public record Wiring(List<Switch> switches, List<Led> leds, @Nullable Switch teach) {
  public static final int MAX_SWITCHES = 8;
  public static final int MAX_LEDS = 8;

  /** Switches from 17 and 27 to ground, LED from 22 through its resistor to ground. */
  public static final Wiring DEFAULT =
      new Wiring(
          List.of(Switch.toGround(new Line.Bcm(17)), Switch.toGround(new Line.Bcm(27))),
          List.of(new Led(new Line.Bcm(22), false)));

  /**
   * A switch.
   *
   * @param activeLow whether the closed switch reads LOW, as a switch to ground does
   * @param isButton whether it is a push button: each press changes the operand
   */
  public record Switch(Line line, Pull pull, boolean activeLow, boolean isButton) {
    /** A toggle switch to ground. */
    public static Switch toGround(Line line) {
      return new Switch(line, Pull.UP, true, false);
    }
  }

  /**
   * An LED.
   *
   * @param activeLow whether LOW lights it
   */
  public record Led(Line line, boolean activeLow) {}

  /**
   * @throws IllegalArgumentException naming the line that does not fit
   */
  public Wiring {
    switches = List.copyOf(switches);
    leds = List.copyOf(leds);
    requireCount(switches.size(), 1, MAX_SWITCHES, "switches");
    requireCount(leds.size(), 0, MAX_LEDS, "LEDs");
    List<Part> parts = parts(switches, leds, teach);
    for (int i = 0; i < parts.size(); i++) {
      for (int first = 0; first < i; first++) {
        if (parts.get(first).line().equals(parts.get(i).line())) {
          throw new IllegalArgumentException(
              parts.get(first).name()
                  + " and "
                  + parts.get(i).name()
                  + " are both on "
                  + parts.get(i).line());
        }
      }
    }
  }

  /** A wiring without a teach button. */
  public Wiring(List<Switch> switches, List<Led> leds) {
    this(switches, leds, null);
  }

  private static void requireCount(int count, int min, int max, String what) {
    if (count < min || count > max) {
      throw new IllegalArgumentException(
          "a board has " + min + " to " + max + " " + what + ", not " + count);
    }
  }

  /**
   * A switch, an LED or the teach button, for what concerns all.
   *
   * @param name as in messages: {@code switch A}, {@code the LED}
   */
  public record Part(String name, Line line) {}

  /** Returns the switches, then the LEDs, then the teach button if there is one. */
  public List<Part> parts() {
    return parts(switches, leds, teach);
  }

  private static List<Part> parts(List<Switch> switches, List<Led> leds, @Nullable Switch teach) {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < switches.size(); i++) {
      parts.add(new Part(switchName(i), switches.get(i).line()));
    }
    for (int i = 0; i < leds.size(); i++) {
      String name = leds.size() == 1 ? "the LED" : "LED " + (i + 1);
      parts.add(new Part(name, leds.get(i).line()));
    }
    if (teach != null) {
      parts.add(new Part("the teach button", teach.line()));
    }
    return List.copyOf(parts);
  }

  /** Returns the name of a switch in messages: {@code switch A} for index 0. */
  public static String switchName(int index) {
    return "switch " + (char) ('A' + index);
  }
}
