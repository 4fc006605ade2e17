package dev.switchback.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.device.store.Storage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PowerCutStorageTest {
  private static final byte[] OLD = "old".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NEW = "newer".getBytes(StandardCharsets.US_ASCII);

  /** Operations of a program on the storage. */
  private interface Program {
    void run(Storage storage) throws IOException;
  }

  private static void replace(Storage storage) throws IOException {
    storage.write("f.new", NEW);
    storage.sync("f.new");
    storage.rename("f.new", "f");
    storage.syncDirectory();
  }

  private static Set<String> survivors(PowerCutStorage storage) {
    Set<String> found = new TreeSet<>();
    storage.survivors(files -> found.add(text(files)));
    return found;
  }

  private static String text(Map<String, byte[]> files) {
    Map<String, String> texts = new TreeMap<>();
    files.forEach((name, bytes) -> texts.put(name, new String(bytes, StandardCharsets.US_ASCII)));
    return texts.toString().replace('\0', '0');
  }

  private static Set<String> survivorsOfCut(Program program, int cutAt) {
    PowerCutStorage storage = new PowerCutStorage(Map.of("f", OLD), cutAt);
    assertThrows(PowerCut.class, () -> program.run(storage));
    assertEquals(cutAt, storage.operations());
    return survivors(storage);
  }

  private static String misuse(Program program) {
    PowerCutStorage storage = new PowerCutStorage(Map.of("f", OLD), 0);
    return String.valueOf(
        assertThrows(AssertionError.class, () -> program.run(storage)).getMessage());
  }

  @Test
  void cutInAWriteLeavesNoFileOrAnyPartOfIt() {
    Set<String> torn =
        Set.of(
            "{f=old}",
            "{f=old, f.new=}",
            "{f=old, f.new=n}",
            "{f=old, f.new=ne}",
            "{f=old, f.new=new}",
            "{f=old, f.new=newe}",
            "{f=old, f.new=newer}",
            "{f=old, f.new=00000}");
    assertEquals(torn, survivorsOfCut(PowerCutStorageTest::replace, 1));
    assertEquals(torn, survivorsOfCut(PowerCutStorageTest::replace, 2), "a sync that was cut off");
  }

  @Test
  void cutInARenameLeavesEachOrderOfNames() {
    Set<String> either = Set.of("{f=old}", "{f=old, f.new=newer}", "{f=newer}");
    assertEquals(either, survivorsOfCut(PowerCutStorageTest::replace, 3));
    assertEquals(either, survivorsOfCut(PowerCutStorageTest::replace, 4));
  }

  @Test
  void whatWasSyncedLasts() throws IOException {
    PowerCutStorage storage = new PowerCutStorage(Map.of("f", OLD), 0);
    replace(storage);
    storage.requireSettled();
    assertEquals(Set.of("{f=newer}"), survivors(storage));
    assertEquals(4, storage.operations());
    storage.delete("absent");
    assertEquals(4, storage.operations());
    storage.delete("f");
    assertEquals(Set.of("{f=newer}", "{}"), survivors(storage));
    storage.syncDirectory();
    assertEquals(Set.of("{}"), survivors(storage));
  }

  @Test
  void rewrittenFreshFileMixesOldAndNew() {
    PowerCutStorage storage = new PowerCutStorage(Map.of("f.new", OLD), 0);
    storage.write("f.new", NEW);
    Set<String> found = survivors(storage);
    assertTrue(found.contains("{f.new=nld}"), found::toString);
    assertTrue(found.contains("{f.new=newe}"), found::toString);
    assertTrue(found.contains("{f.new=ned}"), found::toString);
    assertTrue(found.contains("{f.new=old}"), found::toString);
  }

  @Test
  void blocksThatWereNeverWrittenAreZeros() {
    byte[] after = "x".repeat(2 * Remains.BLOCK_BYTES + 1).getBytes(StandardCharsets.US_ASCII);
    Set<String> found = new TreeSet<>();
    for (byte[] bytes : Remains.of(OLD, after)) {
      found.add(new String(bytes, StandardCharsets.US_ASCII).replace('\0', '0'));
    }
    String full = "x".repeat(Remains.BLOCK_BYTES);
    String hole = "0".repeat(Remains.BLOCK_BYTES);
    assertTrue(
        found.containsAll(
            Set.of(
                hole + full + "x",
                full + hole + "x",
                full + full + "0",
                full + hole + "0",
                hole + full + "0",
                hole + hole + "x")));
  }

  @Test
  void programsSeeWhatTheyWrote() throws IOException {
    PowerCutStorage storage = new PowerCutStorage(Map.of("f", OLD), 0);
    assertNull(storage.read("f.new", 9));
    replace(storage);
    assertEquals("{f=newer}", text(storage.files()));
    assertArrayEquals(new byte[] {'n', 'e'}, storage.read("f", 2));
    assertEquals(Set.of("f.new"), storage.readBeforeWritten());
    assertThrows(NoSuchFileException.class, () -> storage.sync("f.new"));
    assertThrows(NoSuchFileException.class, () -> storage.rename("f.new", "f"));
  }

  @Test
  void carelessProgramsFail() {
    assertEquals("f would be changed in place", misuse(storage -> storage.write("f", NEW)));
    assertEquals(
        "f.new is not synced",
        misuse(storage -> {
          storage.write("f.new", NEW);
          storage.rename("f.new", "f");
        }));
    assertEquals(
        "deletion of g on top of names that may still be lost",
        misuse(storage -> {
          storage.rename("f", "g");
          storage.delete("g");
        }));
    assertEquals(
        "rename of g on top of names that may still be lost",
        misuse(storage -> {
          storage.rename("f", "g");
          storage.rename("g", "f");
        }));
  }

  @Test
  void unsettledStorageIsFound() {
    PowerCutStorage storage = new PowerCutStorage(Map.of("f.new", OLD), 0);
    storage.write("f.new", NEW);
    assertEquals(
        "f.new is not synced",
        assertThrows(AssertionError.class, storage::requireSettled).getMessage());
    storage.delete("f.new");
    assertEquals(
        "1 changes of names may still be lost",
        assertThrows(AssertionError.class, storage::requireSettled).getMessage());
  }
}
