package dev.switchback.device.board.pi4j;

import dev.switchback.device.board.SimulatedSwitches;
import dev.switchback.device.board.Wiring;

/**
 * A simulated board: chips in memory behind the same adapter as the lines of a machine. Several may
 * be open at once. All its switches are toggle switches, for a key that moves one.
 *
 * <p>Edges reach the listener on the thread that moves the switch.
 */
public final class SimulatedBoard extends Pi4jBoard implements SimulatedSwitches {
  private final Wiring wiring;
  private final SimulatedChips chips;
  private volatile int position;

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

  @Override
  public synchronized void setSwitch(int index, boolean closed) {
    Wiring.Switch moved = wiring.switches().get(index);
    int bit = 1 << (switches() - 1 - index);
    position = closed ? position | bit : position & ~bit;
    chips.setLevel(moved.line(), closed != moved.activeLow());
  }

  /**
   * Moves all switches.
   *
   * @param row see {@link Board#readSwitches}
   */
  public synchronized void setSwitches(int row) {
    for (int i = 0; i < switches(); i++) {
      setSwitch(i, (row >> (switches() - 1 - i) & 1) == 1);
    }
  }

  /** Returns the row that the switches were last moved to. Any thread. */
  public int position() {
    return position;
  }

  /** Presses or releases the teach button, if there is one; like {@link #setSwitch}. */
  public synchronized void setTeach(boolean pressed) {
    Wiring.Switch teach = wiring.teach();
    if (teach != null) {
      chips.setLevel(teach.line(), pressed != teach.activeLow());
    }
  }

  public boolean hasLeds() {
    return !wiring.leds().isEmpty();
  }

  /**
   * Returns what the LEDs show: one bit per LED, the first as the most significant. Any thread,
   * also after {@link #close}.
   */
  public int shown() {
    int shown = 0;
    for (Wiring.Led led : wiring.leds()) {
      shown = shown << 1 | (chips.level(led.line()) != led.activeLow() ? 1 : 0);
    }
    return shown;
  }
}
