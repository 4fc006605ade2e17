package dev.switchback;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Shows progress on standard error for work of more than half a second: one line rewritten in place
 * on a terminal, otherwise a new line every two seconds. One thread.
 */
public final class ProgressLine {
  private static final long FIRST_AFTER_NANOS = 500_000_000L;
  private static final long TERMINAL_PERIOD_NANOS = 100_000_000L;
  private static final long PLAIN_PERIOD_NANOS = 2_000_000_000L;

  private final PrintWriter err;

  private final boolean inPlace;
  private final long startNanos = System.nanoTime();
  private long nextNanos = startNanos + FIRST_AFTER_NANOS;
  private boolean shown;

  public ProgressLine(PrintWriter err) {
    this.err = err;
    this.inPlace = StandardStream.ERROR.isTerminal();
  }

  /** Whether standard input and output are a terminal. */
  public static boolean isTerminal() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
  }

  /** Shows the text if it is due; calls the supplier only then. */
  public void update(Supplier<String> text) {
    long now = System.nanoTime();
    if (now - nextNanos < 0) {
      return;
    }
    nextNanos = now + (inPlace ? TERMINAL_PERIOD_NANOS : PLAIN_PERIOD_NANOS);
    shown = true;
    if (inPlace) {
      err.print("\r\033[K" + cut(text.get(), StandardStream.ERROR.size().columns()));
      err.flush();
    } else {
      err.println(text.get());
    }
  }

  /** A line that fills the last column of a terminal may wrap, and then is not rewritten. */
  static String cut(String text, int columns) {
    return text.length() < columns ? text : text.substring(0, Math.max(0, columns - 1));
  }

  /** Removes the line from a terminal. */
  public void close() {
    if (shown && inPlace) {
      err.print("\r\033[K");
      err.flush();
    }
  }

  public double elapsedSeconds() {
    return (System.nanoTime() - startNanos) * 1e-9;
  }
}
