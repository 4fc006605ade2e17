package dev.switchback.device.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class MemoryStorageTest {
  private final MemoryStorage storage = new MemoryStorage();

  @Test
  void fileIsKeptUntilItIsRenamedOrDeleted() throws IOException {
    storage.write("a", new byte[] {1, 2, 3});
    storage.sync("a");
    storage.syncDirectory();
    assertArrayEquals(new byte[] {1, 2, 3}, storage.read("a", 3));
    storage.write("b", new byte[] {9});
    storage.rename("a", "b");
    assertNull(storage.read("a", 3));
    assertArrayEquals(new byte[] {1, 2}, storage.read("b", 2));
    storage.delete("b");
    storage.delete("b");
    assertNull(storage.read("b", 3));
    assertEquals("memory", storage.toString());
  }

  @Test
  void contentIsCopiedBothWays() throws IOException {
    byte[] content = {1};
    storage.write("a", content);
    content[0] = 2;
    byte[] read = Objects.requireNonNull(storage.read("a", 1));
    assertArrayEquals(new byte[] {1}, read);
    read[0] = 3;
    assertArrayEquals(new byte[] {1}, storage.read("a", 1));
  }

  @Test
  void whatIsNotThereCannotBeSyncedOrRenamed() {
    assertThrows(NoSuchFileException.class, () -> storage.sync("a"));
    assertThrows(NoSuchFileException.class, () -> storage.rename("a", "b"));
  }
}
