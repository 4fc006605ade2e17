package dev.switchback.device.store;

import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Storage in memory, for a device without a state directory. */
public final class MemoryStorage implements Storage {
  private final Map<String, byte[]> files = new HashMap<>();

  @Override
  public byte @Nullable [] read(String name, int maxBytes) {
    byte[] content = files.get(name);
    return content == null ? null : Arrays.copyOf(content, Math.min(content.length, maxBytes));
  }

  @Override
  public void write(String name, byte[] content) {
    files.put(name, content.clone());
  }

  @Override
  public void sync(String name) throws NoSuchFileException {
    require(files.get(name), name);
  }

  @Override
  public void rename(String from, String to) throws NoSuchFileException {
    files.put(to, require(files.remove(from), from));
  }

  private static byte[] require(byte @Nullable [] content, String name) throws NoSuchFileException {
    if (content == null) {
      throw new NoSuchFileException(name);
    }
    return content;
  }

  @Override
  public void delete(String name) {
    files.remove(name);
  }

  @Override
  public void syncDirectory() {
    // Nothing here outlives the program.
  }

  @Override
  public String toString() {
    return "memory";
  }
}
