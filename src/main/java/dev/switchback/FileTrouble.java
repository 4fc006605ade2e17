package dev.switchback;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/** Explains failures of the file system. */
public final class FileTrouble {
  private FileTrouble() {}

  /**
   * Returns the reason, as a clause that can follow the name of the file.
   *
   * @param nearest the file if it exists, otherwise the nearest existing directory
   */
  public static String of(Path nearest, IOException cause) {
    if (cause instanceof AccessDeniedException) {
      return "permission denied; this program runs as "
          + System.getProperty("user.name")
          + ", "
          + owner(nearest);
    }
    if (cause instanceof NoSuchFileException) {
      return "there is no such file";
    }
    if (cause instanceof FileSystemException file && file.getReason() != null) {
      return file.getReason();
    }
    String message = cause.getMessage();
    return message != null && cause.getClass() == IOException.class ? message : cause.toString();
  }

  /** Returns the file and the reason, such as {@code x.npz is a directory}. */
  public static String named(FileSystemException refused) {
    String reason = refused.getReason();
    if (reason != null && (reason.startsWith("is ") || reason.startsWith("has "))) {
      return refused.getFile() + " " + reason;
    }
    return refused.getFile() + ": " + of(nearest(Path.of(refused.getFile())), refused);
  }

  /** Returns the file, or the nearest parent that this user can see. */
  public static Path nearest(Path file) {
    Path seen = file.toAbsolutePath();
    while (!Files.exists(seen, LinkOption.NOFOLLOW_LINKS) && seen.getParent() != null) {
      seen = seen.getParent();
    }
    return seen;
  }

  private static String owner(Path path) {
    try {
      PosixFileAttributes attributes = Files.readAttributes(path, PosixFileAttributes.class);
      return path
          + " belongs to "
          + attributes.owner().getName()
          + " ("
          + PosixFilePermissions.toString(attributes.permissions())
          + ")";
    } catch (IOException | UnsupportedOperationException e) {
      return "and the owner of " + path + " cannot be told";
    }
  }
}
