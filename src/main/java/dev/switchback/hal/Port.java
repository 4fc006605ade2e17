package dev.switchback.hal;

/** Where a line can be opened, again after each loss. Its {@code toString} names it for people. */
public interface Port {
  /**
   * Opens the line, by its name anew each time.
   *
   * @throws LinkException with what mends it
   */
  ByteLink open() throws LinkException;
}
