package dev.switchback.device.board.pi4j;

import dev.switchback.device.board.Wiring;

/**
 * A simulated board: chips in memory behind the same adapter as the lines of a machine. Several may
 * be open at once. All its switches are toggle switches, for a key that moves one.
 *
 * <p>Edges reach the listener on the thread that moves the switch.
 */
public final class SimulatedBoard extends Pi4jBoard {
  private final Wiring wiring;
  private final SimulatedChips chips;

  private SimulatedBoard(Wiring wiring, SimulatedChips chips) {
    super("simulated board", chips, wiring);
    this.wiring = wiring;
    this.chips = chips;
  }

  /** Opens a board whose switches are open and whose LEDs are dark. */
  public static SimulatedBoard open(Wiring wiring) {
    return new SimulatedBoard(wiring, new SimulatedChips());
  }

  @Override
  public int buttons() {
    return 0;
  }

  /**
   * Moves a switch. One thread at a time; no effect after {@link #close}.
   *
   * @param index 0 is switch A
   * @param active whether it is closed
   */
  public void setSwitch(int index, boolean active) {
    Wiring.Switch moved = wiring.switches().get(index);
    chips.setLevel(moved.line(), active != moved.activeLow());
  }

  public boolean hasLed() {
    return !wiring.leds().isEmpty();
  }

  /**
   * Whether the first LED is lit; false if there is none. Any thread, also after {@link #close}.
   */
  public boolean ledActive() {
    if (!hasLed()) {
      return false;
    }
    Wiring.Led led = wiring.leds().getFirst();
    return chips.level(led.line()) != led.activeLow();
  }
}
