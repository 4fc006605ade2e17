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
 * The terminal that this process was started on, raw: Ctrl-C, Ctrl-Z and Ctrl-S are keys like
 * others. Whatever ends it, be it {@link #close}, an exception or a signal, the terminal is as it
 * was. One thread reads; any writes.
 */
public final class SystemTerminal implements AutoCloseable {
  private final Terminal terminal;
  private final Attributes attributes;
  private final String enter;
  private final String leave;
  private final Thread restorer = new Thread(this::restore, "terminal-restore");
  private boolean isRestored;

  /**
   * Takes the terminal of this process.
   *
   * @param enter is written first
   * @param leave is written last
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
    // JLine's own hook would close the terminal beside ours, in either order.
    System.setProperty(ShutdownHooks.PROP_DISABLE_SHUTDOWN_HOOK, "true");
    try {
      // Signals stay the JVM's own: they end it, and the shutdown hook restores the terminal.
      // The exec provider would start a process for every look at the size of the window.
      // Without word of grapheme clusters JLine asks the terminal, which on a serial line costs
      // half a second, and whose answers may come late enough to be taken for keys.
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

  /** Serial lines do not know their size; they are taken for the classic one. */
  public Size size() {
    Size size = terminal.getSize();
    return size.getColumns() == 0 || size.getRows() == 0 ? Size.of(80, 24) : size;
  }

  /** The next character; see {@link NonBlockingReader#read(long)}. */
  public int read(long timeoutMillis) throws IOException {
    return terminal.reader().read(timeoutMillis);
  }

  public void write(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    write(bytes, bytes.length);
  }

  /**
   * Shows bytes as they are; once the terminal is given back none.
   *
   * @return whether somebody may still look on
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
   * Gives the terminal back and stops this process and those it was started with, as Ctrl-Z does in
   * a program that is not raw; takes the terminal again when the shell lets it go on.
   *
   * @throws IOException if there is no shell
   */
  public void suspend() throws IOException {
    write(leave);
    terminal.setAttributes(attributes);
    try {
      // Java has no signals to send; where the shell has no jobs nothing stops.
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

  /** Gives the terminal back. Once more does nothing. */
  @Override
  public void close() throws IOException {
    restore();
    try {
      Runtime.getRuntime().removeShutdownHook(restorer);
    } catch (IllegalStateException e) {
      // The JVM is shutting down: the hook runs anyway, and finds nothing left to do.
      return;
    }
    terminal.close();
  }
}
