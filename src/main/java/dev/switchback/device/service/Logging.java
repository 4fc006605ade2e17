package dev.switchback.device.service;

import dev.switchback.device.config.LogLevel;

/**
 * Configures the log beyond {@code tinylog.properties}. Call before the first log line, when
 * TinyLog reads its configuration once.
 */
public final class Logging {
  private Logging() {}

  public static void setLevel(LogLevel level) {
    set("level", level.label());
  }

  /** Sets the level and writes to standard output for the journal. */
  public static void toJournal(LogLevel level) {
    setLevel(level);
    set("writer", "journal");
  }

  /**
   * Disables output on standard error, because the bench uses the screen and shows problems in its
   * status.
   */
  public static void disableOutput() {
    set("writer.level", "off");
  }

  /** Sets a system property, so that TinyLog is not loaded before the first line. */
  private static void set(String key, String value) {
    System.setProperty("tinylog." + key, value);
  }
}
