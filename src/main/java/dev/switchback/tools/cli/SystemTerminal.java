package dev.switchback.tools.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.NonBlockingReader;
import org.jline.utils.ShutdownHooks;

/**
 * The terminal of this process in raw mode: Ctrl-C, Ctrl-Z and Ctrl-S are ordinary keys. The
 * terminal is restored on {@link #close}, on an exception and on a signal. One thread reads; any
 * thread may write.
 */
public final class SystemTerminal implements AutoCloseable {
  private final Terminal terminal;
  private final Attributes attributes;
  private final String enter;
  private final String leave;
  private final Thread restorer = new Thread(this::restore, "terminal-restore");
  private boolean isRestored;

  /**
   * Switches the terminal to raw mode.
   *
   * @param enter written first
   * @param leave written last
   * @throws IOException if standard input or output is not a terminal
   */
  public SystemTerminal(String enter, String leave) throws IOException {
    this.terminal = terminal();
    this.attributes = terminal.getAttributes();
    this.enter = enter;
    this.leave = leave;
    Runtime.getRuntime().addShutdownHook(restorer);
    terminal.enterRawMode();
    write(enter);
  }

  private static Terminal terminal() throws IOException {
    // JLine's own hook would also close the terminal, before or after ours.
    System.setProperty(ShutdownHooks.PROP_DISABLE_SHUTDOWN_HOOK, "true");
    try {
      // The JVM keeps its signal handlers: a signal ends it, and the hook restores the terminal.
      // The exec provider would start a process for every query of the window size.
      // If graphemeCluster is not set, JLine queries the terminal. On a serial line this takes
      // half a second, and a late answer may be read as keys.
      return TerminalBuilder.builder()
          .system(true)
          .providers("ffm")
          .dumb(false)
          .nativeSignals(false)
          .graphemeCluster(false)
          .encoding(UTF_8)
          .build();
    } catch (IllegalStateException e) {
      throw new IOException("standard input and output are not a terminal", e);
    }
  }

  /** Returns the window size, or 80x24 if it is unknown, as on serial lines. */
  public Size size() {
    Size size = terminal.getSize();
    return size.getColumns() == 0 || size.getRows() == 0 ? Size.of(80, 24) : size;
  }

  /** Reads the next character; see {@link NonBlockingReader#read(long)}. */
  public int read(long timeoutMillis) throws IOException {
    return terminal.reader().read(timeoutMillis);
  }

  public void write(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    write(bytes, bytes.length);
  }

  /**
   * Writes raw bytes; does nothing after the terminal is restored.
   *
   * @return false if the terminal is restored or gone
   */
  public synchronized boolean write(byte[] bytes, int length) {
    try {
      if (!isRestored) {
        terminal.output().write(bytes, 0, length);
        terminal.output().flush();
      }
      return !isRestored;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Restores the terminal and suspends the process group, as Ctrl-Z does outside raw mode. Returns
   * to raw mode when the shell continues it.
   *
   * @throws IOException if there is no {@code sh}
   */
  public void suspend() throws IOException {
    write(leave);
    terminal.setAttributes(attributes);
    try {
      // Java cannot send signals. Without job control in the shell, nothing is suspended.
      new ProcessBuilder("sh", "-c", "kill -s TSTP 0").start().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      resume();
    }
  }

  private synchronized void resume() {
    if (!isRestored) {
      terminal.enterRawMode();
      write(enter);
    }
  }

  private synchronized void restore() {
    if (!isRestored) {
      write(leave);
      isRestored = true;
      terminal.setAttributes(attributes);
    }
  }

  /** Restores the terminal. Idempotent. */
  @Override
  public void close() throws IOException {
    restore();
    try {
      Runtime.getRuntime().removeShutdownHook(restorer);
    } catch (IllegalStateException e) {
      // The JVM is shutting down; the hook runs but does nothing.
      return;
    }
    terminal.close();
  }
}
