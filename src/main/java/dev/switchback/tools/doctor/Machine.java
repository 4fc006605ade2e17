package dev.switchback.tools.doctor;

import dev.switchback.RegularFile;
import dev.switchback.device.board.linux.GpioChip;
import dev.switchback.device.board.linux.LineInfo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything that the checks read. Tests replace it by a recorded machine. */
public interface Machine {
  /** Far more than any file that a check reads. */
  int MAX_TEXT_BYTES = 8 << 20;

  /** Returns the root of the file system. */
  Path root();

  /** Returns the group of a file, or null if unknown. */
  @Nullable String group(String path);

  /** Returns the owner of a file, or null if unknown. */
  @Nullable String owner(String path);

  /** Runs a program, with a timeout. */
  ProgramOutput run(String... words);

  /** Returns the GPIO chips; none if this user may not see them. */
  List<GpioChip> chips();

  /**
   * Returns all lines of a chip.
   *
   * @throws IOException if it cannot be opened
   */
  List<LineInfo> lines(GpioChip chip) throws IOException;

  /** Returns a system property of the JVM; empty if missing. */
  String property(String name);

  /** Returns a file by its absolute path on the machine. */
  default Path file(String path) {
    return root().resolve(path.substring(1));
  }

  default boolean has(String path) {
    return Files.exists(file(path));
  }

  /**
   * Returns the content of a file without trailing white space and zeros; null if it cannot be read
   * or is not a file of finite size.
   */
  default @Nullable String text(String path) {
    try {
      byte[] bytes = RegularFile.read(file(path), MAX_TEXT_BYTES);
      return new String(bytes, StandardCharsets.UTF_8).replaceFirst("[\\s\\00]+$", "");
    } catch (IOException e) {
      return null;
    }
  }

  /** Like {@link #text}, but empty if the file cannot be read. */
  default String textOrNothing(String path) {
    String text = text(path);
    return text == null ? "" : text;
  }
}
