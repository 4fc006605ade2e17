package dev.switchback.device.store;

import java.io.IOException;
import java.nio.file.Path;

/** Another process, or another part of this one, holds the directory. */
public final class StorageInUseException extends IOException {
  private static final long serialVersionUID = 1L;

  StorageInUseException(Path directory) {
    super("state directory " + directory + " is in use by another process");
  }
}
