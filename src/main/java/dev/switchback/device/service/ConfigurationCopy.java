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
 * The configuration that the device runs with, kept where systemd has it deleted after the end:
 * whoever switches the LED off after a crash finds the pins there, whatever has become of the file
 * by then. It names no key, as those are files too.
 */
public final class ConfigurationCopy {
  private static final String DIRECTORY_VARIABLE = "RUNTIME_DIRECTORY";

  private ConfigurationCopy() {}

  /**
   * Keeps a copy if systemd has made a place for it; one that cannot be made is no reason to stop.
   */
  public static void keep(Path file, Map<String, String> environment) {
    String directory = environment.get(DIRECTORY_VARIABLE);
    if (directory == null) {
      return;
    }
    Path copy = Path.of(directory, "switchback.properties");
    try {
      // Bytes become characters and bytes again, whatever they stand for.
      String text = new String(RegularFile.read(file, ConfigurationParser.MAX_BYTES), ISO_8859_1);
      String kept =
          text.lines()
              .filter(line -> !line.strip().startsWith("public-key"))
              .collect(Collectors.joining("\n", "", "\n"));
      Files.write(copy, kept.getBytes(ISO_8859_1));
    } catch (IOException e) {
      Logger.warn("a crash would leave the LED as it is: {}: {}", copy, FileTrouble.of(copy, e));
    }
  }
}
