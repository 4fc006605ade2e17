package dev.switchback.wire;

/**
 * An open line that carries bytes in both directions, such as a serial port. One thread reads and
 * one writes, possibly the same; any thread may call {@link #close}.
 */
public interface ByteLink extends AutoCloseable {
  /** Approximate time that {@link #read} waits for the first byte, unless its port says more. */
  int POLL_MILLIS = 100;

  /**
   * Reads bytes, waiting a limited time for the first one.
   *
   * @return number of bytes read; 0 if none arrived
   * @throws LinkException if the line is gone or closed
   */
  int read(byte[] buffer) throws LinkException;

  /**
   * Writes all the bytes; blocks while the line cannot take them.
   *
   * @throws LinkException if the line is gone or closed, or accepts no bytes for a few seconds
   */
  void write(byte[] bytes, int offset, int length) throws LinkException;

  /** Closes the line and ends a blocked read or write. Idempotent. */
  @Override
  void close();
}
