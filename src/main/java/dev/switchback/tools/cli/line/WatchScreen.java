package dev.switchback.tools.cli.line;

import dev.switchback.StandardStream;
import java.io.PrintWriter;
import java.util.List;

/**
 * Lines refreshed in place on the alternate screen of the terminal. On {@link #close}, an exception
 * or Ctrl-C, restores the terminal and prints the last lines.
 */
final class WatchScreen implements AutoCloseable {
  /** Selects the alternate screen and hides the cursor. */
  private static final String ENTER = "\033[?1049h\033[?25l";

  private static final String LEAVE = "\033[?25h\033[?1049l";
  private static final String HOME = "\033[H";
  private static final String CLEAR_LINE = "\033[K";
  private static final String CLEAR_BELOW = "\033[J";

  private final PrintWriter out;
  private final Thread restorer = new Thread(this::restore, "terminal-restore");
  private List<String> lines = List.of();
  private boolean isRestored;

  WatchScreen(PrintWriter out) {
    this.out = out;
    Runtime.getRuntime().addShutdownHook(restorer);
    out.print(ENTER);
  }

  synchronized void show(List<String> newLines) {
    lines = newLines;
    paint(StandardStream.OUTPUT.size());
  }

  /** Repaints the lines for a resized window. */
  synchronized void paint(StandardStream.Size window) {
    if (!isRestored) {
      out.print(picture(lines, window));
      out.flush();
    }
  }

  /** Overwrites lines to avoid flicker. The last has no line break, which would scroll. */
  static String picture(List<String> lines, StandardStream.Size window) {
    int shown = lines.size() <= window.rows() ? lines.size() : window.rows() - 1;
    StringBuilder picture = new StringBuilder(HOME);
    for (int i = 0; i < shown; i++) {
      picture.append(i == 0 ? "" : "\r\n").append(StatusColour.of(cut(lines.get(i), window)));
      picture.append(CLEAR_LINE);
    }
    if (shown < lines.size()) {
      String more = (lines.size() - shown) + " more lines in a larger window";
      picture.append(shown == 0 ? "" : "\r\n").append(cut(more, window)).append(CLEAR_LINE);
    }
    return picture.append(CLEAR_BELOW).toString();
  }

  private static String cut(String line, StandardStream.Size window) {
    return line.substring(0, Math.min(line.length(), window.columns()));
  }

  private synchronized void restore() {
    if (!isRestored) {
      isRestored = true;
      out.print(LEAVE);
      lines.forEach(line -> out.println(StatusColour.of(line)));
      out.flush();
    }
  }

  @Override
  public void close() {
    restore();
    try {
      Runtime.getRuntime().removeShutdownHook(restorer);
    } catch (IllegalStateException e) {
      // The JVM is shutting down; the hook runs but does nothing.
      return;
    }
  }
}
