package dev.switchback.device.store;

import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Replaces files atomically: writes and syncs a new file, reads it back, renames it and syncs the
 * directory. At any moment the name refers to the complete old content or the complete new one.
 */
final class DurableFiles {
  private static final String NEW = ".new";
  private static final String BROKEN = ".broken";

  private final Storage storage;

  DurableFiles(Storage storage) {
    this.storage = storage;
  }

  byte @Nullable [] read(String name, int maxBytes) throws IOException {
    return storage.read(name, maxBytes);
  }

  void replace(String name, byte[] content) throws IOException {
    try {
      prepare(name, content);
      publish(name);
    } catch (IOException e) {
      discard(name, e);
      throw e;
    }
  }

  /** Performs the part of {@link #replace} that needs space; the file itself is not changed yet. */
  void prepare(String name, byte[] content) throws IOException {
    String newName = name + NEW;
    storage.write(newName, content);
    storage.sync(newName);
    byte[] found = storage.read(newName, content.length + 1);
    if (!Arrays.equals(content, found)) {
      throw new IOException(newName + ": read back differs from what was written: check the disk");
    }
  }

  /** Puts the file of {@link #prepare} in place. */
  void publish(String name) throws IOException {
    storage.rename(name + NEW, name);
    storage.syncDirectory();
  }

  /** Deletes the file of an abandoned {@link #prepare}. */
  void discard(String name, IOException reason) {
    try {
      storage.delete(name + NEW);
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }

  void delete(String name) throws IOException {
    storage.delete(name);
    storage.syncDirectory();
  }

  /** Renames a broken file, to be kept for inspection. Returns the new name. */
  String setAside(String name) throws IOException {
    storage.rename(name, name + BROKEN);
    storage.syncDirectory();
    return name + BROKEN;
  }

  /** Returns the name of the file that {@link #setAside} kept; null if there is none. */
  @Nullable String broken(String name) throws IOException {
    return storage.read(name + BROKEN, 0) == null ? null : name + BROKEN;
  }
}
