package dev.switchback.wire;

/**
 * An open line that carries bytes both ways: a serial port, a terminal's other end. One thread
 * reads and one writes, which may be the same; {@link #close} may come from any.
 */
public interface ByteLink extends AutoCloseable {
  /** How long {@link #read} waits for the first byte, about. */
  int POLL_MILLIS = 100;

  /**
   * Waits for bytes, at most {@link #POLL_MILLIS}.
   *
   * @return how many there are now in the buffer; 0 if none came
   * @throws LinkException if the line is gone or closed
   */
  int read(byte[] buffer) throws LinkException;

  /**
   * Hands over all these bytes, and waits while the line cannot take them.
   *
   * @throws LinkException if the line is gone or closed, or takes none for long
   */
  void write(byte[] bytes, int offset, int length) throws LinkException;

  /** Gives the line back and ends a read or write that waits. Once more does nothing. */
  @Override
  void close();
}
