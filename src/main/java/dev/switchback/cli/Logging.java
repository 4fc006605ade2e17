package dev.switchback.cli;

import dev.switchback.node.LogLevel;
import org.tinylog.configuration.Configuration;

/**
 * How much is logged, beyond {@code tinylog.properties}. Set before the first line: TinyLog reads
 * its configuration with it and then keeps it.
 */
final class Logging {
  private Logging() {}

  static void from(LogLevel level) {
    Configuration.set("level", level.label());
  }

  /** The same on standard output, as the journal reads it. */
  static void toJournal(LogLevel level) {
    from(level);
    Configuration.set("writer", "journal");
  }

  /** Nothing on standard error: the bench has the screen, and its status says what is wrong. */
  static void unseen() {
    Configuration.set("writer.level", "off");
  }
}
