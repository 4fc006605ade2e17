package dev.switchback.device.store;

import dev.switchback.FileTrouble;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Explains a failed file operation on Linux, with the fix. */
final class StorageTrouble {
  private StorageTrouble() {}

  static String of(Path directory, Path path, IOException cause) {
    return path + ": " + reason(directory, path, cause);
  }

  private static String reason(Path directory, Path path, IOException cause) {
    if (cause instanceof AccessDeniedException) {
      Path nearest = Files.exists(path) ? path : directory;
      String user = System.getProperty("user.name");
      return FileTrouble.of(nearest, cause) + ": run: sudo chown " + user + " " + nearest;
    }
    if (cause instanceof NoSuchFileException && !Files.isDirectory(directory)) {
      return "the state directory has vanished: mount or make it again, then restart";
    }
    if (cause instanceof FileAlreadyExistsException) {
      return "the state directory cannot be made: there is a file of that name";
    }
    String text = String.valueOf(cause.getMessage());
    if (text.contains("No space left") || text.contains("quota exceeded")) {
      return "the disk is full: free some space";
    }
    if (text.contains("Read-only file system")) {
      return "the file system is read-only: remount it, or choose another state directory";
    }
    boolean isOdd = Files.exists(path) && !Files.isRegularFile(path);
    return FileTrouble.of(path, cause) + (isOdd ? ": remove it, then restart" : "");
  }
}
