package dev.switchback.device.store;

import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Files that are replaced the hard way: written beside, synced, read back, renamed, the directory
 * synced. At every moment the name stands for the whole old content or the whole new one.
 */
final class DurableFiles {
  private static final String FRESH = ".new";
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

  /** The part of {@link #replace} that needs space, and changes nothing yet. */
  void prepare(String name, byte[] content) throws IOException {
    String fresh = name + FRESH;
    storage.write(fresh, content);
    storage.sync(fresh);
    byte[] found = storage.read(fresh, content.length + 1);
    if (!Arrays.equals(content, found)) {
      throw new IOException(fresh + ": read back differs from what was written: check the disk");
    }
  }

  /** Puts in place what {@link #prepare} wrote. */
  void publish(String name) throws IOException {
    storage.rename(name + FRESH, name);
    storage.syncDirectory();
  }

  /** Gives the space of an abandoned {@link #prepare} back. */
  void discard(String name, IOException reason) {
    try {
      storage.delete(name + FRESH);
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }

  void delete(String name) throws IOException {
    storage.delete(name);
    storage.syncDirectory();
  }

  /** Keeps a file out of the way for somebody to look at; returns its name from now on. */
  String setAside(String name) throws IOException {
    storage.rename(name, name + BROKEN);
    storage.syncDirectory();
    return name + BROKEN;
  }

  /** The name of the file {@link #setAside} left, if there is one. */
  @Nullable String broken(String name) throws IOException {
    return storage.read(name + BROKEN, 0) == null ? null : name + BROKEN;
  }
}
