package dev.switchback.sim;

import dev.switchback.device.store.Storage;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A directory whose power fails at a chosen operation. It tracks durable and cached state
 * separately, and enumerates every directory that may be found afterwards.
 *
 * <p>It is stricter than Linux; each of these fails the test:
 *
 * <ul>
 *   <li>writing a file under any name but {@code *.new}: files are never changed in place;
 *   <li>renaming a file that was not synced or does not exist;
 *   <li>renaming or deleting while an earlier rename or deletion may still be lost, except deleting
 *       a {@code *.new}, which is never read;
 *   <li>see {@link #requireSettled}.
 * </ul>
 */
public final class PowerCutStorage implements Storage {
  private static final String FRESH = ".new";

  /** The bytes of a file, independent of its names. */
  private static final class Content {
    private final byte[] lasting;
    private byte[] cached;
    private boolean synced;

    Content(byte[] lasting, byte[] cached, boolean synced) {
      this.lasting = lasting;
      this.cached = cached;
      this.synced = synced;
    }
  }

  /** One change of names: removes {@code from}, sets {@code to} to this content. */
  private record NameChange(@Nullable String from, @Nullable String to, @Nullable Content content) {
    /** Returns whether losing the change matters: {@code *.new} files are never read. */
    boolean matters() {
      return from != null && (to != null || !from.endsWith(FRESH));
    }

    void applyTo(Map<String, Content> names) {
      if (from != null) {
        names.remove(from);
      }
      if (to != null && content != null) {
        names.put(to, content);
      }
    }
  }

  private final Map<String, Content> lastingNames = new TreeMap<>();
  private final Map<String, Content> names = new TreeMap<>();
  private final List<NameChange> pending = new ArrayList<>();
  private final Set<String> written = new TreeSet<>();
  private final Set<String> readBeforeWritten = new TreeSet<>();
  private int cutAt;
  private boolean isForgiving;
  private int operations;

  /**
   * @param files initial content of the directory, all durable
   * @param cutAt number of the modifying operation during which the power fails, from 1; 0 for none
   */
  public PowerCutStorage(Map<String, byte[]> files, int cutAt) {
    this.cutAt = cutAt;
    files.forEach((name, bytes) -> {
      Content content = new Content(bytes, bytes, true);
      lastingNames.put(name, content);
      names.put(name, content);
    });
  }

  /** Schedules the power cut for another operation; 1 is the next. */
  public void cutIn(int operationsFromNow) {
    cutAt = operations + operationsFromNow;
  }

  /** Returns the number of modifying operations so far. */
  public int operations() {
    return operations;
  }

  /** Returns the files that were read, or found missing, before they were written. */
  public Set<String> readBeforeWritten() {
    return readBeforeWritten;
  }

  /** Returns the directory as programs see it now. */
  public Map<String, byte[]> files() {
    Map<String, byte[]> files = new TreeMap<>();
    names.forEach((name, content) -> files.put(name, content.cached));
    return files;
  }

  /** Requires that a power cut now loses nothing. */
  public void requireSettled() {
    if (!pending.isEmpty()) {
      throw new AssertionError(pending.size() + " changes of names may still be lost");
    }
    names.forEach((name, content) -> requireSynced(name, content));
  }

  private static void requireSynced(String name, Content content) {
    if (!content.synced) {
      throw new AssertionError(name + " is not synced");
    }
  }

  private void begin() {
    operations++;
  }

  /** Cuts the power if this operation is due: a change is cached only, a sync not done. */
  private void cut() {
    if (operations == cutAt) {
      throw new PowerCut();
    }
  }

  private Content require(String name) throws NoSuchFileException {
    Content content = names.get(name);
    if (content == null) {
      throw new NoSuchFileException(name);
    }
    return content;
  }

  private void change(NameChange change) {
    pending.add(change);
    change.applyTo(names);
  }

  /** Accepts any operation until the next directory sync, as the program knows of the failure. */
  public void forgiveNames() {
    isForgiving = true;
  }

  private void requireNamesLast(String operation) {
    if (!isForgiving && pending.stream().anyMatch(NameChange::matters)) {
      throw new AssertionError(operation + " on top of names that may still be lost");
    }
  }

  @Override
  public byte @Nullable [] read(String name, int maxBytes) {
    if (!written.contains(name)) {
      readBeforeWritten.add(name);
    }
    Content content = names.get(name);
    return content == null
        ? null
        : Arrays.copyOf(content.cached, Math.min(maxBytes, content.cached.length));
  }

  @Override
  public void write(String name, byte[] bytes) {
    begin();
    if (!name.endsWith(FRESH)) {
      throw new AssertionError(name + " would be changed in place");
    }
    written.add(name);
    Content present = names.get(name);
    if (present == null) {
      change(new NameChange(null, name, new Content(new byte[0], bytes.clone(), false)));
    } else {
      present.cached = bytes.clone();
      present.synced = false;
    }
    cut();
  }

  @Override
  public void sync(String name) throws NoSuchFileException {
    begin();
    Content content = require(name);
    cut();
    replace(content, new Content(content.cached, content.cached, true));
  }

  /** Replaces {@code before} by {@code after} under every name, durable or cached. */
  private void replace(Content before, Content after) {
    names.replaceAll((_, content) -> content == before ? after : content);
    lastingNames.replaceAll((_, content) -> content == before ? after : content);
    pending.replaceAll(change ->
        change.content == before ? new NameChange(change.from, change.to, after) : change);
  }

  @Override
  public void rename(String from, String to) throws NoSuchFileException {
    begin();
    Content content = require(from);
    requireSynced(from, content);
    requireNamesLast("rename of " + from);
    written.add(to);
    change(new NameChange(from, to, content));
    cut();
  }

  @Override
  public void delete(String name) {
    if (!names.containsKey(name)) {
      return;
    }
    begin();
    if (!name.endsWith(FRESH)) {
      requireNamesLast("deletion of " + name);
    }
    change(new NameChange(name, null, null));
    cut();
  }

  @Override
  public void syncDirectory() {
    begin();
    cut();
    isForgiving = false;
    pending.clear();
    lastingNames.clear();
    lastingNames.putAll(names);
  }

  /**
   * Enumerates every directory that may be found when the power returns: each subset of the
   * unsynced name changes, and for each unsynced file its old content, its new content, the new
   * truncated at every length, the new with unwritten blocks, and both mixed at every length.
   */
  public void survivors(Consumer<Map<String, byte[]>> found) {
    for (int kept = 0; kept < 1 << pending.size(); kept++) {
      Map<String, Content> after = new TreeMap<>(lastingNames);
      for (int i = 0; i < pending.size(); i++) {
        if ((kept >> i & 1) != 0) {
          pending.get(i).applyTo(after);
        }
      }
      contents(List.copyOf(after.entrySet()), 0, new TreeMap<>(), found);
    }
  }

  /** Returns a random one of {@link #survivors}, for files of any size. */
  public Map<String, byte[]> survivor(Random random) {
    Map<String, Content> after = new TreeMap<>(lastingNames);
    for (NameChange change : pending) {
      if (random.nextBoolean()) {
        change.applyTo(after);
      }
    }
    Map<String, byte[]> files = new TreeMap<>();
    after.forEach(
        (name, content) -> files.put(name, Remains.any(content.lasting, content.cached, random)));
    return files;
  }

  private static void contents(
      List<Map.Entry<String, Content>> entries,
      int index,
      Map<String, byte[]> files,
      Consumer<Map<String, byte[]>> found) {
    if (index == entries.size()) {
      found.accept(Map.copyOf(files));
      return;
    }
    Map.Entry<String, Content> entry = entries.get(index);
    for (byte[] bytes : Remains.of(entry.getValue().lasting, entry.getValue().cached)) {
      files.put(entry.getKey(), bytes);
      contents(entries, index + 1, files, found);
    }
  }

  @Override
  public String toString() {
    return "simulated storage";
  }
}
