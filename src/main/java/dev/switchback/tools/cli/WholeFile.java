package dev.switchback.tools.cli;

import dev.switchback.ExitCode;
import dev.switchback.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes a file as a whole or not at all: whoever reads it never sees half of it. */
public final class WholeFile {
  private WholeFile() {}

  /**
   * Finds out, before long work and not after it, whether there is a place for its result.
   *
   * @throws Refusal if there is a directory of that name
   * @throws NoSuchFileException if the directory it should be in is missing
   */
  public static void requirePlace(Path file) throws Refusal, IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory != null && !Files.isDirectory(directory)) {
      throw new NoSuchFileException(directory.toString());
    }
    if (Files.isDirectory(file)) {
      throw new Refusal(ExitCode.USAGE, file + " is a directory");
    }
  }

  /**
   * Keeps what is read from being replaced by what is written, whatever paths and links lead there.
   *
   * @param mend what to do instead, in a clause
   * @throws Refusal if both are one file
   */
  public static void requireOther(Path read, Path written, String mend)
      throws Refusal, IOException {
    if (Files.exists(written) && Files.isSameFile(read, written)) {
      throw new Refusal(
          ExitCode.USAGE,
          (read.equals(written)
                  ? written + " is read"
                  : written + " is " + read + ", which is read")
              + " and would be overwritten; "
              + mend);
    }
  }

  /**
   * Writes beside the file, then renames; through a link, and into a device as it is.
   *
   * @throws Refusal as {@link #requirePlace} does
   */
  public static void write(Path file, byte[] content) throws Refusal, IOException {
    writeAll(Map.of(file, content));
  }

  /** The same for files that belong together: all are there before the first is renamed. */
  public static void writeAll(Map<Path, byte[]> contents) throws Refusal, IOException {
    for (Path file : contents.keySet()) {
      requirePlace(file);
    }
    Map<Path, Path> renames = new LinkedHashMap<>();
    try {
      for (Map.Entry<Path, byte[]> content : contents.entrySet()) {
        Path named = content.getKey();
        Path file = Files.exists(named) ? named.toRealPath() : named;
        if (Files.exists(file) && !Files.isRegularFile(file)) {
          Files.write(file, content.getValue());
        } else {
          Path fresh = file.resolveSibling("." + file.getFileName() + ".new");
          renames.put(fresh, file);
          Files.write(fresh, content.getValue());
        }
      }
      for (Map.Entry<Path, Path> rename : renames.entrySet()) {
        Files.move(
            rename.getKey(),
            rename.getValue(),
            StandardCopyOption.REPLACE_EXISTING,
            StandardCopyOption.ATOMIC_MOVE);
      }
    } finally {
      for (Path fresh : renames.keySet()) {
        Files.deleteIfExists(fresh);
      }
    }
  }
}
