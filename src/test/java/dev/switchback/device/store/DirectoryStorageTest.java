package dev.switchback.device.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectoryStorageTest {
  private static final byte[] CONTENT = {1, 2, 3};

  @TempDir private Path temporary;

  @Test
  void fileIsWrittenRenamedAndDeleted() throws IOException {
    Path directory = temporary.resolve("a/b");
    try (DirectoryStorage storage = DirectoryStorage.open(directory)) {
      assertNull(storage.read("f", 3));
      storage.write("f.new", new byte[5]);
      storage.write("f.new", CONTENT);
      storage.sync("f.new");
      storage.write("f", new byte[9]);
      storage.rename("f.new", "f");
      storage.syncDirectory();
      assertArrayEquals(CONTENT, Files.readAllBytes(directory.resolve("f")));
      assertFalse(Files.exists(directory.resolve("f.new")));
      assertArrayEquals(CONTENT, storage.read("f", 4));
      assertArrayEquals(new byte[] {1, 2}, storage.read("f", 2));
      storage.delete("f");
      storage.delete("f");
      assertNull(storage.read("f", 3));
      assertEquals(directory.toString(), storage.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b", "..", ".", "/etc/passwd", "a b", "a.", ".a", "lock"})
  void namesArePlain(String name) throws IOException {
    try (DirectoryStorage storage = DirectoryStorage.open(temporary)) {
      assertThrows(IllegalArgumentException.class, () -> storage.read(name, 1));
      assertThrows(IllegalArgumentException.class, () -> storage.write(name, CONTENT));
      assertThrows(IllegalArgumentException.class, () -> storage.rename("a", name));
    }
  }

  @Test
  void secondOpenerIsKeptOutUntilTheFirstCloses() throws IOException {
    try (DirectoryStorage first = DirectoryStorage.open(temporary)) {
      StorageInUseException e =
          assertThrows(StorageInUseException.class, () -> DirectoryStorage.open(temporary));
      assertEquals("state directory " + first + " is in use by another process", e.getMessage());
    }
    DirectoryStorage.open(temporary).close();
  }

  /** Storage never blocks on them, whoever created them. */
  @Test
  @Timeout(10)
  void pipesAndDevicesInThePlaceOfFilesAreNamedOrReplaced() throws Exception {
    for (String name : List.of("lock", "f", "f.new")) {
      Path pipe = temporary.resolve(name);
      assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    }
    Files.createSymbolicLink(temporary.resolve("g.new"), Path.of("/dev/zero"));
    try (DirectoryStorage storage = DirectoryStorage.open(temporary)) {
      assertThrows(StorageInUseException.class, () -> DirectoryStorage.open(temporary));
      assertEquals(
          temporary.resolve("f")
              + ": is a pipe or a device, no regular file: remove it, then restart",
          assertThrows(IOException.class, () -> storage.read("f", 1)).getMessage());
      for (String name : List.of("f", "g")) {
        storage.write(name + ".new", CONTENT);
        storage.sync(name + ".new");
        storage.rename(name + ".new", name);
        assertArrayEquals(CONTENT, storage.read(name, 4));
      }
    }
  }

  @Test
  void vanishedDirectoryIsNotMadeAgain() throws IOException {
    Path directory = temporary.resolve("gone");
    try (DirectoryStorage storage = DirectoryStorage.open(directory)) {
      Files.delete(directory.resolve("lock"));
      Files.delete(directory);
      String vanished = ": the state directory has vanished: mount or make it again, then restart";
      assertEquals(
          directory.resolve("f") + vanished,
          assertThrows(IOException.class, () -> storage.read("f", 1)).getMessage());
      assertEquals(
          directory.resolve("f") + vanished,
          assertThrows(IOException.class, () -> storage.write("f", CONTENT)).getMessage());
      assertEquals(
          directory + vanished,
          assertThrows(IOException.class, storage::syncDirectory).getMessage());
      assertFalse(Files.exists(directory));
    }
  }

  @Test
  void fileInTheWayIsNamedByEveryOperation() throws IOException {
    Path file = Files.write(temporary.resolve("file"), CONTENT);
    try (DirectoryStorage storage = DirectoryStorage.open(file)) {
      String message = assertThrows(IOException.class, () -> storage.read("f", 1)).getMessage();
      assertEquals(
          file.resolve("f") + ": the state directory cannot be made: there is a file of that name",
          message);
      assertEquals(
          message, assertThrows(IOException.class, () -> storage.write("f", CONTENT)).getMessage());
    }
  }

  @Test
  void fileInPlaceOfAParentIsTrouble() throws IOException {
    Path state = Files.createFile(temporary.resolve("file")).resolve("state");
    try (DirectoryStorage storage = DirectoryStorage.open(state)) {
      IOException e = assertThrows(IOException.class, () -> storage.read("f", 1));
      assertEquals(state.resolve("f") + ": Not a directory", e.getMessage());
    }
  }

  @Test
  void directoryInPlaceOfAFileIsTrouble() throws IOException {
    Files.createDirectory(temporary.resolve("f"));
    try (DirectoryStorage storage = DirectoryStorage.open(temporary)) {
      IOException e = assertThrows(IOException.class, () -> storage.read("f", 1));
      assertEquals(
          temporary.resolve("f") + ": is a directory: remove it, then restart", e.getMessage());
      assertThrows(IOException.class, () -> storage.rename("absent", "g"));
      assertThrows(IOException.class, () -> storage.sync("absent"));
    }
  }
}
