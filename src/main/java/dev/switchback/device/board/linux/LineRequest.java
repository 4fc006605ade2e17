package dev.switchback.device.board.linux;

/**
 * Lines of one chip that this process holds. Lines are numbered in the order of the request, and so
 * are the bits of values: bit 0 is line 0. A bit is 1 if its line is active.
 *
 * <p>{@link #values} and {@link #set} belong to one thread and allocate nothing; it, or another
 * after it has ended, calls {@link #close}.
 */
public interface LineRequest extends AutoCloseable {
  /** Told of edges, in order. Some may be missing, and a chip that vanishes is one more. */
  interface EdgeListener {
    /** Called on the thread that watches the request. */
    void edge(int line, boolean active);
  }

  /**
   * Reads all lines at the same moment.
   *
   * @throws dev.switchback.device.board.BoardException if the chip is gone; the request is of no
   *     further use
   */
  long values();

  /**
   * Drives all lines.
   *
   * @throws dev.switchback.device.board.BoardException if the chip is gone; the request is of no
   *     further use
   */
  void set(long values);

  /** Starts to report edges; at most once. */
  void watch(EdgeListener listener);

  /** Whether edges are reported now: not by a chip without interrupts. Allocates nothing. */
  boolean hasEdges();

  /** Releases the lines and ends the reports. Repeatable. */
  @Override
  void close();
}
