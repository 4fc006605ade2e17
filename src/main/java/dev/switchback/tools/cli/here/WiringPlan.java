package dev.switchback.tools.cli.here;

import dev.switchback.device.board.Pull;
import dev.switchback.device.board.Wiring;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The wiring of the header for one configuration. */
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
  private final List<String> steps = new ArrayList<>();

  /**
   * @param port serial port; empty for none
   */
  WiringPlan(Wiring wiring, String port) {
    this.wiring = wiring;
    this.hasCable = HEADER_PORTS.contains(port);
    planSwitches();
    planLed();
    if (hasCable) {
      planCable();
    }
  }

  private void planSwitches() {
    List<Integer> pins = wiring.switchLines().stream().map(HeaderPins::ofLine).toList();
    String rail = wiring.switchActiveLow() ? HeaderPins.GROUND : HeaderPins.SUPPLY;
    int common = HeaderPins.nearest(rail, pins, ends.keySet());
    for (int i = 0; i < pins.size(); i++) {
      String name = Wiring.switchName(i);
      connect(pins.get(i), name, name, "other contact to " + end(common));
    }
    ends.put(common, switches());
  }

  private String switches() {
    int last = wiring.switchLines().size() - 1;
    return switch (last) {
      case 0 -> Wiring.switchName(0);
      case 1 -> Wiring.switchName(0) + " and " + Wiring.switchName(1);
      default -> "switches A to " + (char) ('A' + last);
    };
  }

  private void planLed() {
    int pin = HeaderPins.ofLine(wiring.ledLine());
    boolean low = wiring.ledActiveLow();
    String rail = low ? HeaderPins.SUPPLY : HeaderPins.GROUND;
    int other = HeaderPins.nearest(rail, List.of(pin), ends.keySet());
    String anode = "330 ohm, LED long leg";
    String cathode = "LED, short leg";
    connect(
        pin,
        "LED",
        low ? cathode : anode,
        low
            ? "to its short leg; long leg through 330 ohm to " + end(other)
            : "through 330 ohm to its long leg; short leg to " + end(other));
    ends.put(other, low ? anode : cathode);
  }

  private void planCable() {
    int transmit = HeaderPins.ofLine(TRANSMIT);
    int receive = HeaderPins.ofLine(RECEIVE);
    int ground = HeaderPins.nearest(HeaderPins.GROUND, List.of(transmit, receive), ends.keySet());
    connect(transmit, "cable", "adapter, RXD", "to RXD of a 3.3 V adapter");
    connect(receive, "cable", "adapter, TXD", "to TXD of the adapter; its GND to " + end(ground));
    ends.put(ground, "adapter, GND");
  }

  /** Connects a part; a pin in use keeps both parts, and {@link #notes} reports it. */
  private void connect(int pin, String part, String end, String rest) {
    ends.merge(pin, end, (one, other) -> one + " and " + other);
    steps.add("%-8s  %-5s  %-6s  %s".formatted(part, HeaderPins.name(pin), "pin " + pin, rest));
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
    return steps;
  }

  /** Returns warnings about the chosen lines. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    for (int i = 0; i < wiring.switchLines().size(); i++) {
      addUse(notes, wiring.switchLines().get(i), Wiring.switchName(i));
    }
    addUse(notes, wiring.ledLine(), "the LED");
    boolean pulledUp = wiring.ledLine() <= LAST_PULLED_UP;
    if (pulledUp != wiring.ledActiveLow()) {
      notes.add(
          "BCM%s is pulled %s from power-on: the LED may glow until the device starts"
              .formatted(wiring.ledLine(), pulledUp ? "up" : "down"));
    }
    addPull(notes);
    return notes;
  }

  private void addUse(List<String> notes, int line, String part) {
    String use =
        switch (line) {
          case 0, 1 -> "the memory of a HAT, which the firmware reads at boot";
          case 2, 3 -> "I2C, with 1.8 kohm pull-up resistors on the board";
          case 7, 8, 9, 10, 11 -> "SPI, if enabled";
          case 12, 13, 18, 19 -> "PWM and audio, if enabled";
          case TRANSMIT, RECEIVE -> hasCable ? "the cable" : "the UART, if enabled";
          default -> "";
        };
    if (!use.isEmpty()) {
      notes.add("BCM" + line + " of " + part + " is also used for " + use);
    }
  }

  private void addPull(List<String> notes) {
    String rail = wiring.switchActiveLow() ? "ground" : "3.3 V";
    boolean up = wiring.pull() == Pull.UP;
    if (wiring.pull() == Pull.NONE) {
      notes.add(
          "switch.pull = none: each switch needs 10 kohm from its line to "
              + (wiring.switchActiveLow() ? "3V3" : "GND"));
    } else if (up != wiring.switchActiveLow()) {
      notes.add(
          "switch.pull = %s gives the line the same level as a switch to %s: switches have no effect"
              .formatted(up ? "up" : "down", rail));
    }
  }
}
