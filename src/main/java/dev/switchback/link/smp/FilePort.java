package dev.switchback.link.smp;

/**
 * Files by name, of which one at a time may be written. Names begin with a slash and have no empty
 * parts, no {@code ..} and no control characters. What is refused is a {@link FileError}.
 */
public interface FilePort {
  /** Length in bytes. */
  long length(String name) throws SmpException;

  /**
   * Reads from an offset.
   *
   * @param offset not negative
   * @return how many bytes were read; 0 at the end and behind
   */
  int read(String name, long offset, byte[] into, int count) throws SmpException;

  /**
   * Begins a file, and empties one that is there.
   *
   * @param length announced; what comes may be less, never more
   */
  void create(String name, long length) throws SmpException;

  /** Adds bytes to the file created last. */
  void append(String name, byte[] bytes) throws SmpException;

  /** The announced length is there. */
  void complete(String name) throws SmpException;

  /** Nothing more comes for the file created last, complete or not; without one does nothing. */
  void close();
}
