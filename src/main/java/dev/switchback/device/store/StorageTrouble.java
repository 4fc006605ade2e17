package dev.switchback.device.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/** Words for what Linux refused, with what mends it. */
final class StorageTrouble {
  private StorageTrouble() {}

  static String of(Path directory, Path path, IOException cause) {
    return path + ": " + reason(directory, path, cause);
  }

  private static String reason(Path directory, Path path, IOException cause) {
    String text = String.valueOf(cause.getMessage());
    if (cause instanceof AccessDeniedException) {
      return "permission denied; this program runs as "
          + System.getProperty("user.name")
          + ", "
          + owner(Files.exists(path) ? path : directory)
          + ": mend it with chown or chmod";
    }
    if (cause instanceof NoSuchFileException && !Files.isDirectory(directory)) {
      return "the state directory has vanished: mount or make it again, then restart";
    }
    if (cause instanceof FileAlreadyExistsException) {
      return "the state directory cannot be made: there is a file of that name";
    }
    if (text.contains("No space left") || text.contains("quota exceeded")) {
      return "the disk is full: free some space";
    }
    if (text.contains("Read-only file system")) {
      return "the file system is read-only: remount it, or choose another state directory";
    }
    if (cause instanceof FileSystemException file && file.getReason() != null) {
      return file.getReason();
    }
    return cause.getClass() == IOException.class ? text : cause.toString();
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
    } catch (IOException e) {
      return "and the owner of " + path + " cannot be told";
    }
  }
}
