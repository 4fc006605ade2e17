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
 * Connects the terminal to a device: sends keys to the line and bytes of the line to the screen.
 * One thread reads keys. Another reads the line and reopens it when it is lost.
 */
final class MonitorTerminal implements AutoCloseable {
  /** Ctrl-], as in telnet. */
  private static final int END = 0x1d;

  private static final long KEY_MILLIS = 250;
  private static final long END_MILLIS = 1000;
  private static final long REOPEN_NANOS = 250_000_000;
  private static final byte[] RETURN = {'\r'};

  private final SystemTerminal terminal;
  private final Port port;
  private final Clock clock;

  /** Guards writes to the line. */
  private final Object keys = new Object();

  private volatile @Nullable ByteLink line;
  private volatile @Nullable LinkException refusal;
  private volatile boolean hasEnded;

  /** Switches the terminal of this process to raw mode. */
  MonitorTerminal(Port port, Clock clock) throws IOException {
    this.terminal = new SystemTerminal("", "");
    this.port = port;
    this.clock = clock;
  }

  /**
   * Copies in both directions until Ctrl-] or the end of the input.
   *
   * @param open closed by the caller
   * @throws LinkException if the device has no place for this guest
   */
  void run(ByteLink open) throws IOException, InterruptedException {
    line = open;
    say(port + ", Ctrl-] exits");
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
    if (refusal != null) {
      throw refusal;
    }
  }

  /** Returns the next key, {@code END} at the end of the input, or negative on a timeout. */
  private int key() throws IOException {
    int key = terminal.read(KEY_MILLIS);
    return key == NonBlockingReader.EOF ? END : key;
  }

  /** Sends keys; drops them while the line is lost. */
  private void send(byte[] bytes) {
    ByteLink current = line;
    if (current == null) {
      return;
    }
    synchronized (keys) {
      try {
        current.write(bytes, 0, bytes.length);
      } catch (LinkException e) {
        // The reading thread fails too and reopens the line.
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
          // The terminal is gone.
          hasEnded = true;
        }
      } catch (LinkException e) {
        line = null;
        current.close();
        if (e.kind() == LinkException.Kind.BUSY) {
          refusal = e;
          hasEnded = true;
        }
        if (!hasEnded) {
          say(e.getMessage() + "; waiting for it, Ctrl-] exits");
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
        // Not back yet; retry until Ctrl-].
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
