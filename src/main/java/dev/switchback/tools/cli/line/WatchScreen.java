package dev.switchback.tools.cli.line;

import dev.switchback.StandardStream;
import java.io.PrintWriter;
import java.util.List;

/**
 * Lines that are shown again and again in place, on the other screen that terminals have. Whatever
 * ends it, be it {@link #close}, an exception or Ctrl-C, the terminal is as it was, and the last
 * lines stay.
 */
final class WatchScreen implements AutoCloseable {
  /** The other screen, without a cursor. */
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

  synchronized void show(List<String> news) {
    lines = news;
    paint(StandardStream.OUTPUT.size());
  }

  /** The same once more, for a window that has changed. */
  synchronized void paint(StandardStream.Size window) {
    if (!isRestored) {
      out.print(picture(lines, window));
      out.flush();
    }
  }

  /** Steadier than to clear the screen first. The last line has no end, which would scroll. */
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
      // The JVM is shutting down: the hook runs anyway, and finds nothing left to do.
      return;
    }
  }
}
