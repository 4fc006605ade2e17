package dev.switchback;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Reads whole files whose names come from people. What blocks or has no end, such as a pipe or
 * {@code /dev/zero}, is refused before it is opened.
 */
public final class RegularFile {
  private RegularFile() {}

  /**
   * The content of a file.
   *
   * @throws FileSystemException whose reason says it if this is no regular file, or a larger one
   * @throws IOException if it cannot be read
   */
  public static byte[] read(Path file, int maxBytes) throws IOException {
    require(file, maxBytes);
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(maxBytes);
      if (in.read() >= 0) {
        throw tooLarge(file, maxBytes);
      }
      return content;
    } catch (OutOfMemoryError e) {
      throw trouble(file, "is larger than the memory that Java has here");
    }
  }

  /**
   * The first bytes of a file, fewer if it has no more.
   *
   * @throws FileSystemException whose reason says it if this is no regular file
   */
  public static byte[] start(Path file, int bytes) throws IOException {
    require(file);
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(bytes);
    }
  }

  private static FileSystemException tooLarge(Path file, int maxBytes) {
    return trouble(file, "has more than the " + maxBytes + " bytes that are expected");
  }

  private static FileSystemException trouble(Path file, String reason) {
    return new FileSystemException(file.toString(), null, reason);
  }

  /**
   * Does nothing if this is a regular file, or a link to one.
   *
   * @throws FileSystemException whose reason says what it is
   */
  public static void require(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    if (!attributes.isRegularFile()) {
      throw trouble(
          file,
          attributes.isDirectory() ? "is a directory" : "is a pipe or a device, no regular file");
    }
  }

  /** The same if it has at most so many bytes. */
  public static void require(Path file, int maxBytes) throws IOException {
    require(file);
    if (Files.size(file) > maxBytes) {
      throw tooLarge(file, maxBytes);
    }
  }
}
