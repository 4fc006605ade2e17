package dev.switchback.tools.bench;

import dev.switchback.Clock;
import dev.switchback.tools.cli.SystemTerminal;
import dev.switchback.tools.plot.TerminalStyle;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jline.terminal.Size;
import org.jline.utils.NonBlockingReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads keys from the terminal and paints the bench on its alternate screen, without a cursor. All
 * of this happens on the thread that calls {@link #run}.
 */
public final class BenchTerminal implements AutoCloseable {
  /** Shortest time between two frames. */
  private static final long FRAME_NANOS = 50_000_000;

  private static final long NANOS_PER_MILLI = 1_000_000;

  /** Alternate screen, no cursor, no wrapping at the right border. */
  private static final String ENTER = "\u001b[?1049h\u001b[?25l\u001b[?7l";

  private static final String LEAVE = "\u001b[0m\u001b[?7h\u001b[?25h\u001b[?1049l";
  private static final String CLEAR_SCREEN = "\u001b[0m\u001b[2J";

  /** Goes before a line: after a full line the cursor is still on its last character. */
  private static final String CLEAR_LINE = "\u001b[K";

  private final SystemTerminal terminal;
  private final BenchScreen screen;
  private final Clock clock;
  private final BenchKeyDecoder decoder = new BenchKeyDecoder();
  private boolean isHelpShown;
  private Size paintedSize = Size.of(0, 0);
  private List<String> paintedLines = List.of();

  /**
   * Takes over the terminal of this process.
   *
   * @throws IOException if standard input or output is not a terminal
   */
  public BenchTerminal(TerminalStyle style, Clock clock) throws IOException {
    this.terminal = new SystemTerminal(ENTER, LEAVE);
    this.screen = new BenchScreen(style);
    this.clock = clock;
  }

  /**
   * Shows views and passes on keys until the user quits, the input ends or the thread is
   * interrupted.
   *
   * @param views called about 20 times a second, and after a key, on this thread
   * @param keys called with each key for the device, on this thread; must return soon
   * @throws IOException if the terminal cannot be read
   */
  public void run(Supplier<BenchView> views, Consumer<BenchKey> keys) throws IOException {
    while (true) {
      BenchView view = views.get();
      paint(view);
      long paintedNanos = clock.nanoTime();
      BenchKey key;
      while ((key = awaitKey(paintedNanos, view.switches())) != null) {
        if (key == BenchKey.Command.QUIT) {
          return;
        } else if (key == BenchKey.Command.SUSPEND) {
          terminal.suspend();
          paintedSize = Size.of(0, 0);
        } else if (key == BenchKey.Command.REPAINT) {
          paintedSize = Size.of(0, 0);
        } else if (isHelpShown || key == BenchKey.Command.HELP) {
          isHelpShown = !isHelpShown;
        } else {
          keys.accept(key);
        }
      }
    }
  }

  /** Returns the next key, {@code QUIT} at the end of input, or null if the next frame is due. */
  private @Nullable BenchKey awaitKey(long paintedNanos, int switches) throws IOException {
    while (true) {
      long remainingNanos = FRAME_NANOS - (clock.nanoTime() - paintedNanos);
      if (remainingNanos <= 0) {
        return null;
      }
      int character = read(remainingNanos / NANOS_PER_MILLI + 1);
      if (character == NonBlockingReader.EOF) {
        return BenchKey.Command.QUIT;
      }
      if (character == NonBlockingReader.READ_EXPIRED) {
        decoder.pause();
        return null;
      }
      BenchKey key = decoder.next(character, switches);
      if (key != null) {
        return key;
      }
    }
  }

  private int read(long timeoutMillis) throws IOException {
    try {
      return terminal.read(timeoutMillis);
    } catch (InterruptedIOException e) {
      Thread.currentThread().interrupt();
      return NonBlockingReader.EOF;
    }
  }

  /** Writes the lines that differ from those on the screen; all of them after a resize. */
  private void paint(BenchView view) {
    Size size = terminal.size();
    List<String> lines =
        isHelpShown
            ? screen.help(view, size.getColumns(), size.getRows())
            : screen.lines(view, size.getColumns(), size.getRows());
    StringBuilder out = new StringBuilder();
    if (!size.equals(paintedSize)) {
      out.append(CLEAR_SCREEN);
      paintedSize = size;
      paintedLines = List.of();
    }
    for (int row = 0; row < Math.max(lines.size(), paintedLines.size()); row++) {
      String line = row < lines.size() ? lines.get(row) : "";
      if (row >= paintedLines.size() || !line.equals(paintedLines.get(row))) {
        out.append("\u001b[").append(row + 1).append(";1H").append(CLEAR_LINE).append(line);
      }
    }
    paintedLines = lines;
    terminal.write(out.toString());
  }

  @Override
  public void close() throws IOException {
    terminal.close();
  }
}
