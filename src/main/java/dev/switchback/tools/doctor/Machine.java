package dev.switchback.tools.doctor;

import dev.switchback.RegularFile;
import dev.switchback.device.board.linux.GpioChip;
import dev.switchback.device.board.linux.GpioLines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** All that the checks look at, so that a recorded machine can take the place of this one. */
public interface Machine {
  /** Far more than any file has that a check looks at. */
  int MAX_TEXT_BYTES = 8 << 20;

  /** The root of its file system. */
  Path root();

  /** The group of a file; null if that cannot be told. */
  @Nullable String group(String path);

  /** The owner of a file; null if that cannot be told. */
  @Nullable String owner(String path);

  /** Runs a program that ends by itself, for a limited time. */
  ProgramOutput run(String... words);

  /** The GPIO chip of the header; null if there is none, or none that this user may see. */
  @Nullable GpioChip header();

  /**
   * The first lines of a chip.
   *
   * @throws IOException if it cannot be opened
   */
  GpioLines lines(GpioChip chip, int count) throws IOException;

  /** A property of the JVM; empty if it has none of this name. */
  String property(String name);

  /** Where a file with this absolute path is. */
  default Path file(String path) {
    return root().resolve(path.substring(1));
  }

  default boolean has(String path) {
    return Files.exists(file(path));
  }

  /**
   * The content of a file, without white space and zeros at its end; null if it cannot be read, or
   * is none that ends.
   */
  default @Nullable String text(String path) {
    try {
      byte[] bytes = RegularFile.read(file(path), MAX_TEXT_BYTES);
      return new String(bytes, StandardCharsets.UTF_8).replaceFirst("[\\s\\00]+$", "");
    } catch (IOException e) {
      return null;
    }
  }

  /** The same as {@link #text}, but empty if it cannot be read. */
  default String textOrNothing(String path) {
    String text = text(path);
    return text == null ? "" : text;
  }
}
