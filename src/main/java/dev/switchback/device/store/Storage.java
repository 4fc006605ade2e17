package dev.switchback.device.store;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A flat directory of small files, each read and written as a whole. Names consist of letters,
 * digits, dots and hyphens. One thread. {@code toString} names the storage for people.
 *
 * <p>Only this survives a power cut:
 *
 * <ol>
 *   <li>the content of a file at the time {@link #sync} returned;
 *   <li>the names at the time {@link #syncDirectory} returned.
 * </ol>
 *
 * The message of every {@link IOException} says what is wrong and how to fix it.
 */
public interface Storage {
  /**
   * Returns the content of a file, truncated to {@code maxBytes}; null if the file does not exist.
   *
   * @throws IOException also if the directory does not exist
   */
  byte @Nullable [] read(String name, int maxBytes) throws IOException;

  /**
   * Creates the file or replaces its content. After a failure the file may hold part of the
   * content.
   */
  void write(String name, byte[] content) throws IOException;

  void sync(String name) throws IOException;

  /** Renames a file atomically, replacing any file with the new name. */
  void rename(String from, String to) throws IOException;

  /** Deletes the file if it exists. */
  void delete(String name) throws IOException;

  void syncDirectory() throws IOException;
}
