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
 * A directory whose power fails at an operation chosen before. It keeps apart what lasts and what
 * is only in the caches, and hands out every directory that may be found afterwards.
 *
 * <p>It is stricter than Linux; each of these is a failure of the test:
 *
 * <ul>
 *   <li>writing a file under any name but {@code *.new}: files are never changed in place;
 *   <li>renaming a file that was not synced, or one that is not there;
 *   <li>renaming or deleting while an earlier rename or deletion may still be lost, but for
 *       deleting a {@code *.new}, which nobody reads;
 *   <li>see {@link #requireSettled}.
 * </ul>
 */
public final class PowerCutStorage implements Storage {
  private static final String FRESH = ".new";

  /** A file's bytes, whatever its names are. */
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

  /** What one operation did to the names: {@code from} went, {@code to} is this content now. */
  private record NameChange(@Nullable String from, @Nullable String to, @Nullable Content content) {
    /** A file that nobody reads may be gone or not. */
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
   * @param files what the directory holds, all of it lasting
   * @param cutAt during which operation that changes anything the power fails, from 1; 0 is never
   */
  public PowerCutStorage(Map<String, byte[]> files, int cutAt) {
    this.cutAt = cutAt;
    files.forEach((name, bytes) -> {
      Content content = new Content(bytes, bytes, true);
      lastingNames.put(name, content);
      names.put(name, content);
    });
  }

  /** Has the power fail at another operation: that many from now, 1 is the next. */
  public void cutIn(int operationsFromNow) {
    cutAt = operations + operationsFromNow;
  }

  /** Operations so far that change anything; reading is none. */
  public int operations() {
    return operations;
  }

  /** Files whose content from before the start was read, or found missing. */
  public Set<String> readBeforeWritten() {
    return readBeforeWritten;
  }

  /** The directory as programs see it now. */
  public Map<String, byte[]> files() {
    Map<String, byte[]> files = new TreeMap<>();
    names.forEach((name, content) -> files.put(name, content.cached));
    return files;
  }

  /** Requires that a power cut now would change nothing. */
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

  /** The power fails with the operation just begun in the caches, or a sync not done. */
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

  /** The program was told that names are not synced: whatever it does until they are is right. */
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

  /** Every name of {@code before}, lasting or not, is one of {@code after} from now on. */
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
   * Hands out every directory that may be found when the power comes back: each choice among the
   * changes of names that were not synced, and for each file that was not synced its old content,
   * its new content, the new torn at every length, the new with blocks that were never written, and
   * the two mixed at every length.
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

  /** One of {@link #survivors}, by chance; sizes of files are no limit here. */
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
