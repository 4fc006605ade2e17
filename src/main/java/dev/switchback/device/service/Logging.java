package dev.switchback.device.service;

import dev.switchback.device.config.LogLevel;

/**
 * How much is logged, beyond {@code tinylog.properties}. Set before the first line: TinyLog reads
 * its configuration with it and then keeps it.
 */
public final class Logging {
  private Logging() {}

  public static void from(LogLevel level) {
    set("level", level.label());
  }

  /** The same on standard output, as the journal reads it. */
  public static void toJournal(LogLevel level) {
    from(level);
    set("writer", "journal");
  }

  /** Nothing on standard error: the bench has the screen, and its status says what is wrong. */
  public static void unseen() {
    set("writer.level", "off");
  }

  /** As a system property, so that TinyLog itself is loaded with the first line and not here. */
  private static void set(String key, String value) {
    System.setProperty("tinylog." + key, value);
  }
}
