package dev.switchback.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.switchback.device.store.MemoryStorage;
import dev.switchback.sim.FailingStorage.Operation;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FailingStorageTest {
  private static final byte[] CONTENT = {1, 2, 3, 4};

  private final MemoryStorage behind = new MemoryStorage();
  private final FailingStorage storage = new FailingStorage(behind);

  private void all() throws IOException {
    storage.write("a", CONTENT);
    storage.sync("a");
    storage.rename("a", "b");
    storage.syncDirectory();
    storage.read("b", 4);
    storage.delete("b");
  }

  @Test
  void whatIsNotRefusedPasses() throws IOException {
    all();
    assertEquals(6, storage.operations());
    assertNull(behind.read("b", 4));
    storage.write("a", CONTENT);
    assertArrayEquals(CONTENT, storage.read("a", 4));
  }

  @Test
  void eachOperationIsRefusedInTurn() {
    String[] messages = {
      "a: refused to WRITE",
      "a: refused to SYNC",
      "a: refused to RENAME",
      "directory: refused to SYNC_DIRECTORY",
      "b: refused to READ",
      "b: refused to DELETE"
    };
    for (int i = 0; i < messages.length; i++) {
      storage.refuse(EnumSet.allOf(Operation.class), i + 1, i + 1);
      assertEquals(messages[i], assertThrows(IOException.class, this::all).getMessage());
      assertEquals(i + 1, storage.operations());
      assertEquals(i + 1, storage.refusals());
    }
  }

  @Test
  void fullDiskKeepsHalfAndCanBeRepaired() throws IOException {
    storage.refuse(Set.of(Operation.WRITE), 1, Integer.MAX_VALUE);
    assertThrows(IOException.class, () -> storage.write("a", CONTENT));
    assertThrows(IOException.class, () -> storage.write("a", CONTENT));
    assertArrayEquals(new byte[] {1, 2}, storage.read("a", 4));
    storage.repair();
    storage.write("a", CONTENT);
    assertArrayEquals(CONTENT, behind.read("a", 4));
  }

  @Test
  void lyingDiskKeepsHalfAndSaysNothing() throws IOException {
    storage.truncateWrites();
    storage.write("a", CONTENT);
    assertArrayEquals(new byte[] {1, 2}, behind.read("a", 4));
    storage.repair();
    storage.write("a", CONTENT);
    assertArrayEquals(CONTENT, behind.read("a", 4));
  }
}
