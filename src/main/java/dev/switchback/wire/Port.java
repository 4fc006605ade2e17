package dev.switchback.wire;

/**
 * A place where a line can be opened, repeatedly after it is lost. {@code toString} names it for
 * people.
 */
public interface Port {
  int MIN_BAUD = 300;
  int DEFAULT_BAUD = 115_200;
  int MAX_BAUD = 4_000_000;

  /**
   * Opens the line. Looks its name up each time.
   *
   * @throws LinkException with the fix
   */
  ByteLink open() throws LinkException;
}
