package dev.switchback;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Reads complete files whose names come from people. Files that block or never end, such as a pipe
 * or {@code /dev/zero}, are refused before they are opened.
 */
public final class RegularFile {
  private RegularFile() {}

  /**
   * Returns the content of a file.
   *
   * @throws FileSystemException with a reason if it is not a regular file or is too large
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
   * Returns the first bytes of a file, fewer if it is shorter.
   *
   * @throws FileSystemException with a reason if it is not a regular file
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
   * @throws FileSystemException with a reason if it is not
   */
  public static void require(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    if (!attributes.isRegularFile()) {
      throw trouble(
          file,
          attributes.isDirectory() ? "is a directory" : "is a pipe or a device, no regular file");
    }
  }

  /** Does nothing if this is a regular file of at most {@code maxBytes}. */
  public static void require(Path file, int maxBytes) throws IOException {
    require(file);
    if (Files.size(file) > maxBytes) {
      throw tooLarge(file, maxBytes);
    }
  }
}
