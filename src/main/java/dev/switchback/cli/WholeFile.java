package dev.switchback.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes a file as a whole or not at all: whoever reads it never sees half of it. */
final class WholeFile {
  private WholeFile() {}

  static void write(Path named, byte[] content) throws IOException {
    Path file = Files.exists(named) ? named.toRealPath() : named;
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      Files.write(file, content); // A device such as /dev/null stays what it is.
      return;
    }
    Path fresh = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.write(fresh, content);
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}
