package dev.switchback.device.service;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.switchback.FileTrouble;
import dev.switchback.RegularFile;
import dev.switchback.device.config.ConfigurationParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.tinylog.Logger;

/**
 * A copy of the configuration in use, in a directory that systemd deletes after the service ends.
 * After a crash, {@code led off} reads the pins from it, even if the file has changed. The copy
 * omits {@code public-key}, whose files may be gone.
 */
public final class ConfigurationCopy {
  static final String DIRECTORY_VARIABLE = "RUNTIME_DIRECTORY";

  private ConfigurationCopy() {}

  /**
   * Writes the copy if systemd provides a directory. A failure is logged and does not stop the
   * device.
   */
  public static void write(Path file, Map<String, String> environment) {
    String directory = environment.get(DIRECTORY_VARIABLE);
    if (directory == null) {
      return;
    }
    Path copy = Path.of(directory, "switchback.properties");
    try {
      // ISO 8859-1 maps every byte to a character and back.
      String text = new String(RegularFile.read(file, ConfigurationParser.MAX_BYTES), ISO_8859_1);
      String kept =
          text.lines()
              .filter(line -> !line.strip().startsWith("public-key"))
              .collect(Collectors.joining("\n", "", "\n"));
      Files.write(copy, kept.getBytes(ISO_8859_1));
    } catch (IOException e) {
      Logger.warn(
          "no copy of the configuration, so the LED may stay lit after a crash: {}: {}",
          copy,
          FileTrouble.of(copy, e));
    }
  }
}
