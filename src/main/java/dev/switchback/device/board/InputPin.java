package dev.switchback.device.board;

/** An input line. The adapter handles pull, polarity and chip. */
public interface InputPin {
  /**
   * Reads the current level without debouncing. Called on the control thread; the adapters allocate
   * nothing in steady state.
   *
   * @return whether the line is active (for a switch: closed)
   * @throws RuntimeException if the line cannot be read
   */
  boolean isActive();
}
