package dev.switchback.device.store;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One flat directory of small files, each read and written as a whole. Names are plain: letters,
 * digits, dots and hyphens. One thread. Its {@code toString} names it for people.
 *
 * <p>What lasts over a power cut, and nothing else:
 *
 * <ol>
 *   <li>the content of a file as it was when {@link #sync} returned;
 *   <li>names as they were when {@link #syncDirectory} returned.
 * </ol>
 *
 * The message of every {@link IOException} says what is wrong in words that help to mend it.
 */
public interface Storage {
  /**
   * The content of a file, cut off after {@code maxBytes}; null if there is none of that name.
   *
   * @throws IOException also if the directory itself is not there
   */
  byte @Nullable [] read(String name, int maxBytes) throws IOException;

  /** Creates the file or replaces its content. After a failure it may hold a part of it. */
  void write(String name, byte[] content) throws IOException;

  void sync(String name) throws IOException;

  /** Gives a file another name, at once and as a whole; a file of that name is replaced. */
  void rename(String from, String to) throws IOException;

  /** Deletes the file if there is one. */
  void delete(String name) throws IOException;

  void syncDirectory() throws IOException;
}
