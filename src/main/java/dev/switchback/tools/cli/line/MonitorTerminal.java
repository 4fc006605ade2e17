package dev.switchback.tools.cli.line;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.switchback.Clock;
import dev.switchback.tools.cli.SystemTerminal;
import dev.switchback.wire.ByteLink;
import dev.switchback.wire.LinkException;
import dev.switchback.wire.Port;
import java.io.IOException;
import org.jline.utils.NonBlockingReader;
import org.jspecify.annotations.Nullable;

/**
 * The terminal while it is the device's: every key goes to the line, every byte of the line to the
 * screen. One thread reads keys, another the line; each opens the line again when it is lost.
 */
final class MonitorTerminal implements AutoCloseable {
  /** Ctrl-], which ends the monitor as it ends telnet. */
  private static final int END = 0x1d;

  private static final long KEY_MILLIS = 250;
  private static final long END_MILLIS = 1000;
  private static final long REOPEN_NANOS = 250_000_000;
  private static final byte[] RETURN = {'\r'};

  private final SystemTerminal terminal;
  private final Port port;
  private final Clock clock;

  /** Held by whoever writes to the line. */
  private final Object keys = new Object();

  private volatile @Nullable ByteLink line;
  private volatile boolean hasEnded;

  /** Takes the terminal of this process. */
  MonitorTerminal(Port port, Clock clock) throws IOException {
    this.terminal = new SystemTerminal("", "");
    this.port = port;
    this.clock = clock;
  }

  /**
   * Joins keys and line until Ctrl-] or the end of the input.
   *
   * @param open is closed by the caller
   */
  void run(ByteLink open) throws IOException, InterruptedException {
    line = open;
    say(port + ", Ctrl-] ends");
    send(RETURN);
    Thread reader = Thread.ofPlatform().name("monitor-line").daemon().start(() -> copy(open));
    try {
      for (int key = key(); key != END && !hasEnded; key = key()) {
        if (key >= 0) {
          send(Character.toString(key).getBytes(UTF_8));
        }
      }
    } finally {
      hasEnded = true;
      ByteLink last = line;
      if (last != null) {
        last.close();
      }
      reader.join(END_MILLIS);
    }
  }

  /** The next key, {@code END} at the end of the input too, negative if none comes for a while. */
  private int key() throws IOException {
    int key = terminal.read(KEY_MILLIS);
    return key == NonBlockingReader.EOF ? END : key;
  }

  /** What is typed while the line is lost is lost too. */
  private void send(byte[] bytes) {
    ByteLink current = line;
    if (current == null) {
      return;
    }
    synchronized (keys) {
      try {
        current.write(bytes, 0, bytes.length);
      } catch (LinkException e) {
        // The reading thread sees it too, and opens the line again.
        current.close();
      }
    }
  }

  private void copy(ByteLink open) {
    byte[] buffer = new byte[4096];
    ByteLink current = open;
    while (!hasEnded) {
      try {
        if (!terminal.write(buffer, current.read(buffer))) {
          // Nobody looks on any more.
          hasEnded = true;
        }
      } catch (LinkException e) {
        line = null;
        current.close();
        if (!hasEnded) {
          say(e.getMessage() + "; waiting for it, Ctrl-] ends");
          current = reopened(current);
        }
      }
    }
  }

  private ByteLink reopened(ByteLink lost) {
    while (!hasEnded) {
      clock.await(REOPEN_NANOS);
      try {
        ByteLink open = port.open();
        line = open;
        say(port + " is back");
        send(RETURN);
        return open;
      } catch (LinkException e) {
        // Not there yet; whoever waits sees that nothing happens, and can end it.
        line = null;
      }
    }
    return lost;
  }

  private void say(@Nullable String text) {
    terminal.write("\r\n[switchback: " + text + "]\r\n");
  }

  @Override
  public void close() throws IOException {
    terminal.close();
  }
}
