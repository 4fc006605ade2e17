package dev.switchback.cli;

import org.tinylog.configuration.Configuration;

/**
 * Where log lines go. Set once, before the first line: TinyLog reads its configuration with it.
 * Pi4J's own lines are left out; what it knows of a failure comes with our exceptions.
 */
final class Logging {
  private Logging() {}

  /** Everything from {@code level} on to standard error, one line per event. */
  static void toStandardError(String level) {
    Configuration.set("writer", "console");
    Configuration.set("writer.stream", "err");
    Configuration.set("writer.format", "{level|min-size=5} {message}");
    Configuration.set("level", level);
    Configuration.set("level@com.pi4j", "off");
  }

  /** Nothing: the bench has the screen, and its status line says what is wrong. */
  static void off() {
    toStandardError("off");
  }
}
