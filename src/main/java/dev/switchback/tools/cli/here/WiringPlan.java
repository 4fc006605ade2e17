package dev.switchback.tools.cli.here;

import dev.switchback.device.board.Line;
import dev.switchback.device.board.Pull;
import dev.switchback.device.board.Wiring;
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
    int leds = wiring.leds().size();
    for (int i = 0; i < leds; i++) {
      planLed(wiring.leds().get(i), leds == 1 ? "LED" : "LED " + (i + 1));
    }
    Wiring.Switch teach = wiring.teach();
    if (teach != null) {
      planTeach(teach);
    }
    if (hasCable) {
      planCable();
    }
  }

  private void planTeach(Wiring.Switch teach) {
    int pin = HeaderPins.ofLine(teach.line());
    String rail = HeaderPins.rail(teach.activeLow());
    if (pin > 0) {
      int other = HeaderPins.nearest(rail, List.of(pin), ends.keySet());
      ends.put(other, "teach button");
      rail = end(other);
    }
    connect(teach.line(), "teach", "teach button", "push button, other contact to " + rail);
  }

  private void planSwitches() {
    String ground = planRail(true);
    String supply = planRail(false);
    for (int i = 0; i < wiring.switches().size(); i++) {
      Wiring.Switch each = wiring.switches().get(i);
      String rail = each.activeLow() ? ground : supply;
      String other = HeaderPins.ofLine(each.line()) > 0 ? rail : HeaderPins.rail(each.activeLow());
      String name = Wiring.switchName(i);
      String kind = each.isButton() ? "push button, " : "";
      connect(each.line(), name, name, kind + "other contact to " + other);
    }
  }

  /** Gives the switches on the header that connect to the same rail one pin of it. */
  private String planRail(boolean isGround) {
    List<Integer> switches =
        switches(each -> each.activeLow() == isGround && HeaderPins.ofLine(each.line()) > 0);
    if (switches.isEmpty()) {
      return "";
    }
    List<Integer> pins =
        switches.stream().map(i -> HeaderPins.ofLine(wiring.switches().get(i).line())).toList();
    int common = HeaderPins.nearest(HeaderPins.rail(isGround), pins, ends.keySet());
    ends.put(common, names(switches));
    return end(common);
  }

  private List<Integer> switches(Predicate<Wiring.Switch> wanted) {
    List<Integer> indexes = new ArrayList<>();
    for (int i = 0; i < wiring.switches().size(); i++) {
      if (wanted.test(wiring.switches().get(i))) {
        indexes.add(i);
      }
    }
    return indexes;
  }

  /** Returns {@code switch A and switch B}, {@code switches A to D}, {@code switches A, C, D}. */
  private static String names(List<Integer> switches) {
    if (switches.size() <= 2) {
      return String.join(" and ", switches.stream().map(Wiring::switchName).toList());
    }
    boolean isRow = switches.getLast() - switches.getFirst() == switches.size() - 1;
    List<String> letters = switches.stream().map(i -> String.valueOf((char) ('A' + i))).toList();
    return "switches "
        + (isRow ? letters.getFirst() + " to " + letters.getLast() : String.join(", ", letters));
  }

  private void planLed(Wiring.Led led, String name) {
    int pin = HeaderPins.ofLine(led.line());
    boolean low = led.activeLow();
    String rail = HeaderPins.rail(!low);
    String anode = "330 ohm, LED long leg";
    String cathode = "LED, short leg";
    String other = rail;
    if (pin > 0) {
      int otherPin = HeaderPins.nearest(rail, List.of(pin), ends.keySet());
      ends.put(otherPin, low ? anode : cathode);
      other = end(otherPin);
    }
    connect(
        led.line(),
        name,
        low ? cathode : anode,
        low
            ? "to its short leg; long leg through 330 ohm to " + other
            : "through 330 ohm to its long leg; short leg to " + other);
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
    wiring.leds().forEach(led -> addGlow(notes, led));
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

  private static void addGlow(List<String> notes, Wiring.Led led) {
    int bcm = HeaderPins.bcm(led.line());
    boolean pulledUp = bcm <= LAST_PULLED_UP;
    if (bcm >= 0 && pulledUp != led.activeLow()) {
      notes.add(
          "%s is pulled %s from power-on: the LED may glow until the device starts"
              .formatted(HeaderPins.name(led.line()), pulledUp ? "up" : "down"));
    }
  }

  private void addPull(List<String> notes, Pull pull, boolean low) {
    List<Integer> switches = switches(each -> each.pull() == pull && each.activeLow() == low);
    if (switches.isEmpty()) {
      return;
    }
    if (pull == Pull.NONE) {
      notes.add(
          names(switches)
              + " without a pull: 10 kohm from each line to "
              + HeaderPins.rail(!low)
              + " needed");
    } else if ((pull == Pull.UP) != low) {
      notes.add(
          "the pull %s gives %s the same level as a closed switch to %s: no effect"
              .formatted(
                  pull == Pull.UP ? "up" : "down", names(switches), low ? "ground" : "3.3 V"));
    }
  }
}
