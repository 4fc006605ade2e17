package dev.switchback.device.board;

/**
 * The switches and the LEDs of an open board. {@code toString} names the board for people.
 *
 * <p>{@link #readSwitches} and {@link #setLeds} belong to one thread, the control thread, and
 * allocate nothing in steady state. After {@link #close} they throw.
 */
public interface Board extends AutoCloseable {
  /** The teach button in a reading, beyond all switches. */
  int TEACH = 1 << Wiring.MAX_SWITCHES;

  /** Returns the number of switches, 1 to {@link Wiring#MAX_SWITCHES}. */
  int switches();

  /** Returns the push buttons among the switches, as a row like {@link #readSwitches}. */
  int buttons();

  /**
   * Reads all switches without debouncing; those of one chip at the same moment.
   *
   * @return one bit per switch, 1 for closed: the row of a truth table, so switch A is the most
   *     significant of {@link #switches} bits; {@link #TEACH} if there is a teach button and it is
   *     pressed
   * @throws RuntimeException if a switch cannot be read. The next call tries to get lost lines back
   */
  int readSwitches();

  /**
   * Drives the LEDs; does nothing if there is none. Dark is the safe state.
   *
   * @param answer one bit per LED, 1 for lit: an answer of a truth table, so the first LED is the
   *     most significant
   * @throws RuntimeException if an LED cannot be driven. The next call tries to get lost lines back
   */
  void setLeds(int answer);

  /**
   * Calls {@code wake} after an edge on any switch, on a thread of the board. Edges may be lost or
   * repeated: an edge only wakes the loop, the level that is read decides. At most one listener.
   */
  void onEdge(Runnable wake);

  /**
   * Whether edges of every switch are reported now. If not, only the levels tell of a change. The
   * control thread.
   */
  boolean hasEdges();

  /** Drives the LEDs dark and releases the lines. */
  @Override
  void close();
}
