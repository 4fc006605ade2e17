package dev.switchback.wire.smp;

/**
 * Files by name, of which one at a time can be written. Names have no empty parts, no {@code ..}
 * and no control characters. A refusal is a {@link GroupError} of files, or of images for a file
 * that goes to a slot.
 */
public interface FilePort {
  /** Returns the length in bytes. */
  long length(String name) throws SmpException;

  /**
   * Reads from an offset.
   *
   * @param offset not negative
   * @param maxBytes most bytes to read, 1 or more
   * @return the bytes read; empty at or after the end
   */
  byte[] read(String name, long offset, int maxBytes) throws SmpException;

  /**
   * Begins a file, replacing an existing one. An unfinished file is discarded.
   *
   * @param length announced length; fewer bytes may follow, never more
   */
  void create(String name, long length) throws SmpException;

  /** Appends bytes to the file begun last. */
  void append(byte[] bytes) throws SmpException;

  /** Called when the announced length has been appended. */
  void complete() throws SmpException;

  /** Makes the bytes so far visible to readers; more may follow. */
  void flush();
}
