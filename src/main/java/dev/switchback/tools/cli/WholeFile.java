package dev.switchback.tools.cli;

import dev.switchback.ExitCode;
import dev.switchback.FileTrouble;
import dev.switchback.Refusal;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes a file as a whole or not at all: whoever reads it never sees half of it. */
public final class WholeFile {
  private static final FileAttribute<?>[] FOR_ALL = {};

  private WholeFile() {}

  /**
   * Finds out, before long work and not after it, whether there is a place for its result.
   *
   * @throws Refusal naming the file, and why it cannot be there
   */
  public static void requirePlace(Path file) throws Refusal {
    try {
      Path place = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
      Path directory = place.getParent();
      if (directory != null
          && !Files.readAttributes(directory, BasicFileAttributes.class).isDirectory()) {
        throw new NotDirectoryException(directory.toString());
      }
      if (Files.isDirectory(file)) {
        throw new Refusal(ExitCode.USAGE, file + " is a directory", "name a file in it");
      }
      Path written = Files.exists(file) && !Files.isRegularFile(file) ? file : directory;
      if (written != null && !Files.isWritable(written)) {
        throw new AccessDeniedException(file.toString());
      }
    } catch (IOException e) {
      throw refusal(file, e);
    }
  }

  /**
   * Keeps what is read from being replaced by what is written, whatever paths and links lead there.
   *
   * @param mend what to do instead, in a clause
   * @throws Refusal if both are one file
   */
  public static void requireOther(Path read, Path written, String mend)
      throws Refusal, IOException {
    if (Files.exists(written) && Files.isSameFile(read, written)) {
      throw new Refusal(
          ExitCode.USAGE,
          (read.equals(written)
                  ? written + " is read"
                  : written + " is " + read + ", which is read")
              + " and would be overwritten; "
              + mend);
    }
  }

  /**
   * Writes beside the file, then renames; through a link, and into a device as it is.
   *
   * @throws Refusal naming the file, and why it could not be written
   */
  public static void write(Path file, byte[] content) throws Refusal {
    writeAll(Map.of(file, content));
  }

  /** The same, and nobody but this user may read it, where the file system knows users. */
  public static void writePrivate(Path file, byte[] content) throws Refusal {
    boolean hasUsers = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    writeAll(
        Map.of(file, content),
        hasUsers
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : FOR_ALL);
  }

  /** The same for files that belong together: all are there before the first is renamed. */
  public static void writeAll(Map<Path, byte[]> contents) throws Refusal {
    writeAll(contents, FOR_ALL);
  }

  private static void writeAll(Map<Path, byte[]> contents, FileAttribute<?>[] attributes)
      throws Refusal {
    for (Path file : contents.keySet()) {
      requirePlace(file);
    }
    Map<Path, Path> renames = new LinkedHashMap<>();
    try {
      for (Map.Entry<Path, byte[]> content : contents.entrySet()) {
        write(content.getKey(), content.getValue(), attributes, renames);
      }
      for (Map.Entry<Path, Path> rename : renames.entrySet()) {
        rename(rename.getKey(), rename.getValue());
      }
    } finally {
      renames.keySet().forEach(WholeFile::forget);
    }
  }

  private static void write(
      Path named, byte[] content, FileAttribute<?>[] attributes, Map<Path, Path> renames)
      throws Refusal {
    try {
      Path file = Files.exists(named) ? named.toRealPath() : named;
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        Files.write(file, content);
      } else {
        Path fresh = file.resolveSibling("." + file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, attributes);
        renames.put(fresh, file);
        Files.write(fresh, content);
      }
    } catch (IOException e) {
      throw refusal(named, e);
    }
  }

  private static void rename(Path fresh, Path file) throws Refusal {
    try {
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw refusal(file, e);
    }
  }

  /** What keeps it from going is what kept it from being written, which is told. */
  private static void forget(Path fresh) {
    try {
      Files.deleteIfExists(fresh);
    } catch (IOException e) {
      fresh.toFile().deleteOnExit();
    }
  }

  /** Why a file or a directory could not be made, by the name that somebody gave it. */
  public static Refusal refusal(Path file, IOException cause) {
    String what = "cannot write " + file + ": ";
    Path parent = file.getParent();
    Path nearest = FileTrouble.nearest(file);
    return switch (cause) {
      case AccessDeniedException _ ->
          new Refusal(
              ExitCode.PERMISSION,
              what + FileTrouble.of(nearest, cause),
              "name a file in a directory of yours",
              cause);
      case NoSuchFileException _ ->
          new Refusal(
              ExitCode.USAGE,
              what + "there is no directory " + parent,
              "make it, or name a file elsewhere",
              cause);
      case NotDirectoryException _ ->
          new Refusal(
              ExitCode.USAGE, what + parent + " is no directory", "name a file elsewhere", cause);
      default -> {
        String reason = FileTrouble.of(nearest, cause);
        boolean isFull = reason.contains("space") || reason.contains("quota");
        yield new Refusal(
            ExitCode.INTERNAL,
            what + reason,
            (isFull ? "make room there, or " : "") + "name a file elsewhere",
            cause);
      }
    };
  }
}
