package dev.switchback.device.board;

/** One input line. Pull, polarity and chip belong to the adapter that was constructed. */
public interface InputPin {
  /**
   * Reads the level now, undebounced. Called on the control thread; allocates nothing in the
   * adapters' steady state.
   *
   * @return whether the line is active (for a switch: closed)
   * @throws RuntimeException if the line cannot be read
   */
  boolean isActive();
}
