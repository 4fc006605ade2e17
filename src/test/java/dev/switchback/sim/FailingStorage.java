package dev.switchback.sim;

import dev.switchback.device.store.Storage;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Storage in front of another that refuses some operations, as a bad disk does. */
public final class FailingStorage implements Storage {
  /** What can be refused. */
  public enum Operation {
    READ,
    WRITE,
    SYNC,
    RENAME,
    DELETE,
    SYNC_DIRECTORY
  }

  private final Storage behind;
  private Set<Operation> refused = Set.of();
  private int first;
  private int last;
  private int operations;
  private int refusals;
  private boolean lying;
  private @Nullable String unreadable;

  public FailingStorage(Storage behind) {
    this.behind = behind;
  }

  /**
   * From now on refuses those of {@code refused} among the operations {@code first} to {@code
   * last}, counted from 1 and from here.
   */
  public void refuse(Set<Operation> refused, int first, int last) {
    this.refused = refused;
    this.first = first;
    this.last = last;
    operations = 0;
  }

  /** From now on does not read the file of this name; null for none. */
  public void refuseReads(@Nullable String name) {
    unreadable = name;
  }

  /** From now on keeps half of every file written, and says nothing. */
  public void lie() {
    lying = true;
  }

  /** Refuses nothing any more, and tells the truth. */
  public void mend() {
    lying = false;
    refuse(Set.of(), 0, 0);
  }

  /** Operations, reading included, since {@link #refuse} or {@link #mend}. */
  public int operations() {
    return operations;
  }

  /** Operations refused so far. */
  public int refusals() {
    return refusals;
  }

  private boolean isRefused(Operation operation) {
    operations++;
    boolean isRefused = operations >= first && operations <= last && refused.contains(operation);
    refusals += isRefused ? 1 : 0;
    return isRefused;
  }

  private void pass(Operation operation, String name) throws IOException {
    if (isRefused(operation)) {
      throw new IOException(name + ": refused to " + operation);
    }
  }

  @Override
  public byte @Nullable [] read(String name, int maxBytes) throws IOException {
    pass(Operation.READ, name);
    if (name.equals(unreadable)) {
      throw new IOException(name + ": refused to READ");
    }
    return behind.read(name, maxBytes);
  }

  /** A disk that runs full in the middle leaves half of the file. */
  @Override
  public void write(String name, byte[] content) throws IOException {
    boolean isRefused = isRefused(Operation.WRITE);
    int kept = isRefused || lying ? content.length / 2 : content.length;
    behind.write(name, Arrays.copyOf(content, kept));
    if (isRefused) {
      throw new IOException(name + ": refused to WRITE");
    }
  }

  @Override
  public void sync(String name) throws IOException {
    pass(Operation.SYNC, name);
    behind.sync(name);
  }

  @Override
  public void rename(String from, String to) throws IOException {
    pass(Operation.RENAME, from);
    behind.rename(from, to);
  }

  @Override
  public void delete(String name) throws IOException {
    pass(Operation.DELETE, name);
    behind.delete(name);
  }

  @Override
  public void syncDirectory() throws IOException {
    pass(Operation.SYNC_DIRECTORY, "directory");
    behind.syncDirectory();
  }

  @Override
  public String toString() {
    return "failing storage";
  }
}
