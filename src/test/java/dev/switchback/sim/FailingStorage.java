package dev.switchback.sim;

import dev.switchback.device.store.Storage;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Wraps another storage and makes selected operations fail, as a bad disk does. */
public final class FailingStorage implements Storage {
  /** Operations that can fail. */
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
  private boolean truncating;
  private @Nullable String unreadable;

  public FailingStorage(Storage behind) {
    this.behind = behind;
  }

  /**
   * Makes operations of the kinds {@code refused} fail if their number is {@code first} to {@code
   * last}, counted from 1 starting now.
   */
  public void refuse(Set<Operation> refused, int first, int last) {
    this.refused = refused;
    this.first = first;
    this.last = last;
    operations = 0;
  }

  /** Makes reads of the named file fail from now on; null for none. */
  public void refuseReads(@Nullable String name) {
    unreadable = name;
  }

  /** Keeps only half of every written file from now on, without an error. */
  public void truncateWrites() {
    truncating = true;
  }

  /** Ends all failures set by {@link #refuse} and {@link #truncateWrites}. */
  public void repair() {
    truncating = false;
    refuse(Set.of(), 0, 0);
  }

  /**
   * Returns the number of operations, including reads, since {@link #refuse} or {@link #repair}.
   */
  public int operations() {
    return operations;
  }

  /** Returns the number of failed operations so far. */
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

  /** A failing write leaves half of the file, as on a full disk. */
  @Override
  public void write(String name, byte[] content) throws IOException {
    boolean isRefused = isRefused(Operation.WRITE);
    int kept = isRefused || truncating ? content.length / 2 : content.length;
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
