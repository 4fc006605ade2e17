package dev.switchback.device.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads {@code switchback.properties}: lines of {@code key = value} in UTF-8, comments behind
 * {@code #} on lines of their own. A key that is missing has its default; a key that is unknown,
 * repeated or out of range is an error. Any thread.
 */
public final class ConfigurationParser {
  /** Every key, in the order of the shipped file. */
  static final List<String> KEYS =
      List.of(
          "board",
          "board.model",
          "switches",
          "led",
          "switch.pull",
          "switch.active",
          "led.active",
          "debounce.millis",
          "engine",
          "truth",
          "topology",
          "recipe",
          "seed",
          "port",
          "baud",
          "public-key",
          "log.level");

  private ConfigurationParser() {}

  /**
   * Reads a file.
   *
   * @throws ConfigurationException if it cannot be read, or naming everything wrong with it
   */
  public static DeviceConfiguration read(Path file) {
    try {
      return parse(file.toString(), Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw new ConfigurationException(List.of(file + ": there is no such file"));
    } catch (IOException e) {
      throw new ConfigurationException(List.of(file + ": cannot be read: " + e));
    }
  }

  /**
   * Reads the content of a file.
   *
   * @param file its name in messages
   * @throws ConfigurationException naming everything wrong with it
   */
  public static DeviceConfiguration parse(String file, byte[] content) {
    return new ConfigurationReading(new Settings(file, KEYS, content)).finish();
  }
}
