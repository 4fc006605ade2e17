package dev.switchback.wire.smp;

/**
 * Files by name, of which one at a time may be written. Names have no empty parts, no {@code ..}
 * and no control characters. What is refused is a {@link GroupError} of files, or of images where a
 * file goes into a slot.
 */
public interface FilePort {
  /** Length in bytes. */
  long length(String name) throws SmpException;

  /**
   * Reads from an offset.
   *
   * @param offset not negative
   * @param most how many bytes at most, 1 or more
   * @return what is there; nothing at the end and behind it
   */
  byte[] read(String name, long offset, int most) throws SmpException;

  /**
   * Begins a file, and empties one that is there; the one begun before is given up.
   *
   * @param length announced; what comes may be less, never more
   */
  void create(String name, long length) throws SmpException;

  /** Adds bytes to the file begun last. */
  void append(byte[] bytes) throws SmpException;

  /** All of the announced length was added. */
  void complete() throws SmpException;

  /** Lets readers see what was added so far; more may come. */
  void flush();
}
