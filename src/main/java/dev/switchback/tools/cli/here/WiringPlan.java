package dev.switchback.tools.cli.here;

import dev.switchback.device.board.Line;
import dev.switchback.device.board.Pull;
import dev.switchback.device.board.Wiring;
import dev.switchback.device.board.linux.HeaderPins;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The wiring of one configuration. Lines that are not on the header have steps, but no pins. */
final class WiringPlan {
  /** Ports on pins 8 and 10, depending on the model of the Raspberry Pi. */
  private static final List<String> HEADER_PORTS =
      List.of("/dev/serial0", "/dev/ttyAMA0", "/dev/ttyS0");

  private static final int TRANSMIT = 14;
  private static final int RECEIVE = 15;

  /** Last line pulled up after power-on; the chip pulls higher lines down. */
  private static final int LAST_PULLED_UP = 8;

  private final Wiring wiring;
  private final boolean hasCable;
  private final Map<Integer, String> ends = new TreeMap<>();
  private final List<Step> steps = new ArrayList<>();

  /**
   * An instruction.
   *
   * @param place the pin; empty for a line that is not on the header
   */
  private record Step(String part, String line, String place, String rest) {}

  /**
   * @param port serial port; empty for none
   */
  WiringPlan(Wiring wiring, String port) {
    this.wiring = wiring;
    this.hasCable = HEADER_PORTS.contains(port);
    planSwitches();
    planLeds();
    Wiring.Switch teach = wiring.teach();
    if (teach != null) {
      planTeach(teach);
    }
    if (hasCable) {
      planCable();
    }
  }

  private void planTeach(Wiring.Switch teach) {
    String rail =
        isOnHeader(teach.line())
            ? planRail(teach.activeLow(), List.of(teach.line()), "teach button")
            : HeaderPins.rail(teach.activeLow());
    connect(teach.line(), "teach", "teach button", "push button, other contact to " + rail);
  }

  private void planSwitches() {
    String ground = planSwitchRail(true);
    String supply = planSwitchRail(false);
    for (int i = 0; i < wiring.switches().size(); i++) {
      Wiring.Switch each = wiring.switches().get(i);
      String rail = each.activeLow() ? ground : supply;
      String other = HeaderPins.ofLine(each.line()) > 0 ? rail : HeaderPins.rail(each.activeLow());
      String name = Wiring.switchName(i);
      String kind = each.isButton() ? "push button, " : "";
      connect(each.line(), name, name, kind + "other contact to " + other);
    }
  }

  private String planSwitchRail(boolean isGround) {
    List<Wiring.Switch> all = wiring.switches();
    List<Integer> switches =
        indexes(all, each -> each.activeLow() == isGround && isOnHeader(each.line()));
    List<Line> lines = switches.stream().map(i -> all.get(i).line()).toList();
    return planRail(isGround, lines, switchNames(switches));
  }

  /**
   * Gives the parts on the header that connect to the same rail one pin of it, and returns the pin;
   * empty if there are none.
   */
  private String planRail(boolean isGround, List<Line> lines, String end) {
    if (lines.isEmpty()) {
      return "";
    }
    List<Integer> pins = lines.stream().map(HeaderPins::ofLine).toList();
    int common = HeaderPins.nearest(HeaderPins.rail(isGround), pins, ends.keySet());
    ends.put(common, end);
    return end(common);
  }

  private static boolean isOnHeader(Line line) {
    return HeaderPins.ofLine(line) > 0;
  }

  private static <T> List<Integer> indexes(List<T> parts, Predicate<T> wanted) {
    List<Integer> indexes = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      if (wanted.test(parts.get(i))) {
        indexes.add(i);
      }
    }
    return indexes;
  }

  private static String switchNames(List<Integer> switches) {
    return names(switches, "switch", "switches", 'A');
  }

  /** Returns {@code switch A and switch B}, {@code switches A to D}, {@code switches A, C, D}. */
  private static String names(List<Integer> indexes, String one, String several, char first) {
    List<String> marks = indexes.stream().map(i -> String.valueOf((char) (first + i))).toList();
    if (marks.size() <= 2) {
      return String.join(" and ", marks.stream().map(mark -> one + " " + mark).toList());
    }
    boolean isRow = indexes.getLast() - indexes.getFirst() == indexes.size() - 1;
    return several
        + " "
        + (isRow ? marks.getFirst() + " to " + marks.getLast() : String.join(", ", marks));
  }

  private void planLeds() {
    String ground = planLedRail(true);
    String supply = planLedRail(false);
    for (int i = 0; i < wiring.leds().size(); i++) {
      Wiring.Led led = wiring.leds().get(i);
      boolean low = led.activeLow();
      String rail = low ? supply : ground;
      String other = isOnHeader(led.line()) ? rail : HeaderPins.rail(!low);
      String name = wiring.leds().size() == 1 ? "LED" : "LED " + (i + 1);
      connect(
          led.line(),
          name,
          low ? shortLeg(name, true) : longLeg(name, true),
          low
              ? "to its short leg; long leg through 330 ohm to " + other
              : "through 330 ohm to its long leg; short leg to " + other);
    }
  }

  private String planLedRail(boolean isGround) {
    List<Wiring.Led> all = wiring.leds();
    List<Integer> leds =
        indexes(all, each -> each.activeLow() != isGround && isOnHeader(each.line()));
    List<Line> lines = leds.stream().map(i -> all.get(i).line()).toList();
    String names = all.size() == 1 ? "LED" : names(leds, "LED", "LEDs", '1');
    boolean isOne = leds.size() == 1;
    return planRail(isGround, lines, isGround ? shortLeg(names, isOne) : longLeg(names, isOne));
  }

  private static String longLeg(String leds, boolean isOne) {
    return isOne ? "330 ohm, " + leds + " long leg" : "330 ohm each, " + leds + " long legs";
  }

  private static String shortLeg(String leds, boolean isOne) {
    return leds + (isOne ? ", short leg" : ", short legs");
  }

  private void planCable() {
    int transmit = HeaderPins.ofLine(TRANSMIT);
    int receive = HeaderPins.ofLine(RECEIVE);
    int ground = HeaderPins.nearest(HeaderPins.GROUND, List.of(transmit, receive), ends.keySet());
    connect(new Line.Bcm(TRANSMIT), "cable", "adapter, RXD", "to RXD of a 3.3 V adapter");
    connect(
        new Line.Bcm(RECEIVE),
        "cable",
        "adapter, TXD",
        "to TXD of the adapter; its GND to " + end(ground));
    ends.put(ground, "adapter, GND");
  }

  /** Connects a part; a pin in use keeps both parts, and {@link #notes} reports it. */
  private void connect(Line line, String part, String end, String rest) {
    int pin = HeaderPins.ofLine(line);
    if (pin > 0) {
      ends.merge(pin, end, (one, other) -> one + " and " + other);
    }
    String place = pin > 0 ? "pin " + pin : "";
    steps.add(new Step(part, HeaderPins.name(line), place, rest));
  }

  private static String end(int pin) {
    return HeaderPins.name(pin) + ", pin " + pin;
  }

  /** Returns the connected part of each used pin, lowest pin first. */
  Map<Integer, String> ends() {
    return ends;
  }

  /** Returns one instruction per line. */
  List<String> steps() {
    int columns = steps.stream().mapToInt(step -> step.line.length()).max().orElse(0);
    String format = "%-8s  %-" + columns + "s  %-6s  %s";
    return steps.stream()
        .map(step -> format.formatted(step.part, step.line, step.place, step.rest))
        .toList();
  }

  /** Returns warnings about the chosen lines. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    for (Wiring.Part part : wiring.parts()) {
      addUse(notes, part);
    }
    for (int i = 0; i < wiring.leds().size(); i++) {
      addGlow(notes, wiring.leds().get(i), wiring.parts().get(wiring.switches().size() + i).name());
    }
    for (Pull pull : Pull.values()) {
      for (boolean low : new boolean[] {true, false}) {
        addPull(notes, pull, low);
      }
    }
    return notes;
  }

  private void addUse(List<String> notes, Wiring.Part part) {
    String use =
        switch (HeaderPins.bcm(part.line())) {
          case 0, 1 -> "the memory of a HAT, which the firmware reads at boot";
          case 2, 3 -> "I2C, with 1.8 kohm pull-up resistors on the board";
          case 7, 8, 9, 10, 11 -> "SPI, if enabled";
          case 12, 13, 18, 19 -> "PWM and audio, if enabled";
          case TRANSMIT, RECEIVE -> hasCable ? "the cable" : "the UART, if enabled";
          default -> "";
        };
    if (!use.isEmpty()) {
      notes.add(HeaderPins.name(part.line()) + " of " + part.name() + " is also used for " + use);
    }
  }

  private static void addGlow(List<String> notes, Wiring.Led led, String name) {
    int bcm = HeaderPins.bcm(led.line());
    boolean pulledUp = bcm <= LAST_PULLED_UP;
    if (bcm >= 0 && pulledUp != led.activeLow()) {
      notes.add(
          "%s is pulled %s from power-on: %s may glow until the device starts"
              .formatted(HeaderPins.name(led.line()), pulledUp ? "up" : "down", name));
    }
  }

  private void addPull(List<String> notes, Pull pull, boolean low) {
    List<Integer> switches =
        indexes(wiring.switches(), each -> each.pull() == pull && each.activeLow() == low);
    if (switches.isEmpty()) {
      return;
    }
    if (pull == Pull.NONE) {
      notes.add(
          switchNames(switches)
              + " without a pull: 10 kohm from each line to "
              + HeaderPins.rail(!low)
              + " needed");
    } else if ((pull == Pull.UP) != low) {
      notes.add(
          "the pull %s gives %s the same level as a closed switch to %s: no effect"
              .formatted(
                  pull == Pull.UP ? "up" : "down",
                  switchNames(switches),
                  low ? "ground" : "3.3 V"));
    }
  }
}
