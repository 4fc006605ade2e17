package dev.switchback.tools.cli.line;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.switchback.Clock;
import dev.switchback.tools.cli.SystemTerminal;
import dev.switchback.wire.ByteLink;
import dev.switchback.wire.LinkException;
import dev.switchback.wire.Port;
import java.io.IOException;
import java.io.OutputStream;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.utils.NonBlockingReader;
import org.jspecify.annotations.Nullable;

/**
 * The terminal while it is the device's: every key goes to the line, every byte of the line to the
 * screen. One thread reads keys, another the line; each opens the line again when it is lost.
 * Whatever ends it, the terminal is as it was.
 */
final class MonitorTerminal implements AutoCloseable {
  /** Ctrl-], which ends the monitor as it ends telnet. */
  private static final int END = 0x1d;

  private static final long KEY_MILLIS = 250;
  private static final long END_MILLIS = 1000;
  private static final long REOPEN_NANOS = 250_000_000;
  private static final byte[] RETURN = {'\r'};

  private final Terminal terminal;
  private final Attributes attributes;
  private final Port port;
  private final Clock clock;
  private final Thread restorer = new Thread(this::restore, "monitor-restore");

  /** Held by whoever writes to the line. */
  private final Object keys = new Object();

  private volatile @Nullable ByteLink line;
  private volatile boolean hasEnded;

  private MonitorTerminal(Terminal terminal, Port port, Clock clock) {
    this.terminal = terminal;
    this.attributes = terminal.getAttributes();
    this.port = port;
    this.clock = clock;
  }

  static MonitorTerminal open(Port port, Clock clock) throws IOException {
    MonitorTerminal monitor = new MonitorTerminal(SystemTerminal.open(), port, clock);
    Runtime.getRuntime().addShutdownHook(monitor.restorer);
    monitor.terminal.enterRawMode();
    Attributes raw = monitor.terminal.getAttributes();
    // Ctrl-C, Ctrl-Z and Ctrl-S are keys of the device's shell.
    raw.setLocalFlag(Attributes.LocalFlag.ISIG, false);
    raw.setInputFlag(Attributes.InputFlag.IXON, false);
    // A Return stays one, as on the other side of the line.
    raw.setInputFlag(Attributes.InputFlag.ICRNL, false);
    monitor.terminal.setAttributes(raw);
    return monitor;
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
    int key = terminal.reader().read(KEY_MILLIS);
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
        write(buffer, current.read(buffer));
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
    byte[] bytes = ("\r\n[switchback: " + text + "]\r\n").getBytes(UTF_8);
    write(bytes, bytes.length);
  }

  private synchronized void write(byte[] bytes, int length) {
    OutputStream out = terminal.output();
    try {
      out.write(bytes, 0, length);
      out.flush();
    } catch (IOException e) {
      // Nobody looks on any more.
      hasEnded = true;
    }
  }

  private synchronized void restore() {
    terminal.setAttributes(attributes);
  }

  @Override
  public void close() throws IOException {
    restore();
    try {
      Runtime.getRuntime().removeShutdownHook(restorer);
    } catch (IllegalStateException e) {
      // The JVM is shutting down, and the hook runs anyway.
      return;
    }
    terminal.close();
  }
}
