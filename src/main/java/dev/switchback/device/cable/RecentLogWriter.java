package dev.switchback.device.cable;

import dev.switchback.PrintableText;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.tinylog.core.LogEntry;
import org.tinylog.core.LogEntryValue;
import org.tinylog.writers.Writer;

/**
 * Keeps the last lines of the log in memory for the cable. TinyLog creates it by the name {@code
 * recent log}. Any thread.
 */
public final class RecentLogWriter implements Writer {
  private static final int CAPACITY = 32;
  private static final int MAX_CHARACTERS = 200;
  private static final Deque<String> LINES = new ArrayDeque<>();

  /** For TinyLog. */
  public RecentLogWriter(Map<String, String> properties) {}

  /** Returns the last lines, oldest first. */
  public static List<String> lines() {
    synchronized (LINES) {
      return List.copyOf(LINES);
    }
  }

  @Override
  public Collection<LogEntryValue> getRequiredLogEntryValues() {
    return EnumSet.of(LogEntryValue.LEVEL, LogEntryValue.MESSAGE);
  }

  @Override
  public void write(LogEntry entry) {
    String line = entry.getLevel().toString().toLowerCase(Locale.ROOT) + " " + entry.getMessage();
    String printable = PrintableText.of(line, MAX_CHARACTERS).replaceAll("[^\\x20-\\x7E]", "?");
    synchronized (LINES) {
      if (LINES.size() == CAPACITY) {
        LINES.removeFirst();
      }
      LINES.add(printable);
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
