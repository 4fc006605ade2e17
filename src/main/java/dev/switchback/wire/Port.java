package dev.switchback.wire;

/** Where a line can be opened, again after each loss. Its {@code toString} names it for people. */
public interface Port {
  int MIN_BAUD = 300;
  int DEFAULT_BAUD = 115_200;
  int MAX_BAUD = 4_000_000;

  /**
   * Opens the line, by its name anew each time.
   *
   * @throws LinkException with what mends it
   */
  ByteLink open() throws LinkException;
}
