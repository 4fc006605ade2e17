package dev.switchback.tools.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.ShutdownHooks;

/** The terminal that this process was started on. */
public final class SystemTerminal {
  private SystemTerminal() {}

  /**
   * The terminal of this process, as JLine sees it; whoever takes it restores it in a hook of his
   * own.
   *
   * @throws IOException if standard input or output is not a terminal
   */
  public static Terminal open() throws IOException {
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
}
