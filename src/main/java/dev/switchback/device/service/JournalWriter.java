package dev.switchback.device.service;

import dev.switchback.PrintableText;
import java.io.PrintStream;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Map;
import org.tinylog.Level;
import org.tinylog.core.LogEntry;
import org.tinylog.core.LogEntryValue;
import org.tinylog.writers.Writer;

/**
 * Writes the log to standard output for the systemd journal: a priority before each line, without
 * level and time, which the journal records itself. TinyLog creates it by the name {@code journal}.
 * Any thread.
 */
public final class JournalWriter implements Writer {
  /** For TinyLog. */
  public JournalWriter(Map<String, String> properties) {}

  @Override
  public Collection<LogEntryValue> getRequiredLogEntryValues() {
    return EnumSet.of(LogEntryValue.LEVEL, LogEntryValue.MESSAGE, LogEntryValue.EXCEPTION);
  }

  @Override
  public void write(LogEntry entry) {
    PrintStream journal = System.out;
    journal.print(text(entry));
    journal.flush();
  }

  /** Returns all lines of an event, to be written at once so that threads do not interleave. */
  static String text(LogEntry entry) {
    String prefix = "<" + priority(entry.getLevel()) + ">";
    StringBuilder text = new StringBuilder();
    entry.getMessage().lines().forEach(line -> append(text, prefix, line));
    Throwable cause = entry.getException();
    while (cause != null) {
      append(text, prefix, cause.toString());
      for (StackTraceElement frame : cause.getStackTrace()) {
        append(text, prefix, "  at " + frame);
      }
      cause = cause.getCause();
    }
    return text.toString();
  }

  private static void append(StringBuilder text, String prefix, String line) {
    text.append(prefix).append(PrintableText.of(line)).append('\n');
  }

  /** As in {@code syslog(3)}: 3 error, 4 warning, 6 information, 7 debugging. */
  private static int priority(Level level) {
    return switch (level) {
      case ERROR -> 3;
      case WARN -> 4;
      case INFO -> 6;
      default -> 7;
    };
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
