package dev.switchback.sim;

import dev.switchback.device.store.Storage;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Forwards every operation; a test overrides the one it needs. */
public class ForwardingStorage implements Storage {
  private final Storage behind;

  public ForwardingStorage(Storage behind) {
    this.behind = behind;
  }

  @Override
  public byte @Nullable [] read(String name, int maxBytes) throws IOException {
    return behind.read(name, maxBytes);
  }

  @Override
  public void write(String name, byte[] content) throws IOException {
    behind.write(name, content);
  }

  @Override
  public void sync(String name) throws IOException {
    behind.sync(name);
  }

  @Override
  public void rename(String from, String to) throws IOException {
    behind.rename(from, to);
  }

  @Override
  public void delete(String name) throws IOException {
    behind.delete(name);
  }

  @Override
  public void syncDirectory() throws IOException {
    behind.syncDirectory();
  }
}
