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

/** Writes files atomically: readers never see a partial file. */
public final class WholeFile {
  private static final FileAttribute<?>[] FOR_ALL = {};

  private WholeFile() {}

  /**
   * Checks that a file can be written. Called before long work, to fail early.
   *
   * @throws Refusal naming the file and the reason
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
   * Checks that a command does not overwrite its input, also through links.
   *
   * @param fix what to do instead, as a clause
   * @throws Refusal if both are the same file
   */
  public static void requireOther(Path read, Path written, String fix) throws Refusal, IOException {
    if (Files.exists(written) && Files.isSameFile(read, written)) {
      throw new Refusal(
          ExitCode.USAGE,
          (read.equals(written)
                  ? written + " is read"
                  : written + " is " + read + ", which is read")
              + " and would be overwritten; "
              + fix);
    }
  }

  /**
   * Writes a new file in the same directory and renames it. Follows links; writes devices directly.
   *
   * @throws Refusal naming the file and the reason
   */
  public static void write(Path file, byte[] content) throws Refusal {
    writeAll(Map.of(file, content));
  }

  /** Like {@link #write}, with mode 600 if the file system supports POSIX permissions. */
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

  /** Writes a set of files: all are written before the first is renamed. */
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
      renames.keySet().forEach(WholeFile::deleteTemporary);
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

  /** Retries at exit if deletion fails; the cause is already reported by the failed write. */
  private static void deleteTemporary(Path fresh) {
    try {
      Files.deleteIfExists(fresh);
    } catch (IOException e) {
      fresh.toFile().deleteOnExit();
    }
  }

  /** Returns the error for a file or directory that could not be created. */
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
              "create it, or name a file elsewhere",
              cause);
      case NotDirectoryException _ ->
          new Refusal(
              ExitCode.USAGE,
              what + parent + " is not a directory",
              "name a file elsewhere",
              cause);
      default -> {
        String reason = FileTrouble.of(nearest, cause);
        boolean isFull = reason.contains("space") || reason.contains("quota");
        yield new Refusal(
            ExitCode.INTERNAL,
            what + reason,
            (isFull ? "free some space there, or " : "") + "name a file elsewhere",
            cause);
      }
    };
  }
}
