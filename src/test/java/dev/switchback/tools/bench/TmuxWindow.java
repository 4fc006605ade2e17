package dev.switchback.tools.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.switchback.sim.TestJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** A shell in a window of a tmux server of its own, which nobody watches. */
public final class TmuxWindow implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long POLL_NANOS = 20_000_000;

  private final Path socket;

  public TmuxWindow(Path folder, int columns, int rows, String locale) throws IOException {
    this.socket = folder.resolve("tmux");
    String shell = "env -i PATH=\"$PATH\" TERM=screen PS1='$ ' LC_ALL=" + locale + " sh";
    String[] size = {"-x", String.valueOf(columns), "-y", String.valueOf(rows)};
    tmux("new-session", "-d", size[0], size[1], size[2], size[3], "-c", folder.toString(), shell);
    tmux("set-option", "-g", "status", "off");
    awaitScreen(text -> text.startsWith("$"));
  }

  /** A shell script that runs a class of this build with the script's words. */
  public static void writeCommand(Path file, Class<?> main) throws IOException {
    String java = TestJvm.java();
    String classPath = TestJvm.classPath();
    Files.writeString(
        file,
        String.join(
            " ",
            "exec",
            java,
            "--enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp",
            "'" + classPath + "'",
            main.getName(),
            "\"$@\"\n"));
  }

  /** Types keys by tmux's names for them: {@code a}, {@code Enter}, {@code C-c}. */
  public void press(String... keys) throws IOException {
    for (String key : keys) {
      tmux("send-keys", key);
    }
  }

  public void typeLine(String text) throws IOException {
    tmux("send-keys", "-l", text);
    press("Enter");
  }

  public void resize(int columns, int rows) throws IOException {
    tmux("resize-window", "-x", String.valueOf(columns), "-y", String.valueOf(rows));
  }

  /** Copies every byte that programs write from now on into a file. */
  void record(Path file) throws IOException {
    tmux("pipe-pane", "cat > '" + file + "'");
  }

  /** What is seen, without colours. */
  public String screen() throws IOException {
    return tmux("capture-pane", "-p");
  }

  /** What is seen, with colours. */
  public String colouredScreen() throws IOException {
    return tmux("capture-pane", "-p", "-e");
  }

  /** A tmux format, such as {@code #{cursor_flag}}. */
  public String value(String format) throws IOException {
    return tmux("display-message", "-p", format).strip();
  }

  /** The process the shell runs. */
  ProcessHandle program() throws IOException {
    long shell = Long.parseLong(value("#{pane_pid}"));
    return ProcessHandle.of(shell).orElseThrow().children().findFirst().orElseThrow();
  }

  /**
   * Waits until the screen shows every one of {@code texts}.
   *
   * @throws AssertionError with the screen if that takes too long
   */
  public String awaitTexts(String... texts) throws IOException {
    return awaitScreen(screen -> List.of(texts).stream().allMatch(screen::contains));
  }

  private String awaitScreen(Predicate<String> isExpected) throws IOException {
    long startNanos = System.nanoTime();
    while (true) {
      String screen = screen();
      if (isExpected.test(screen)) {
        return screen;
      }
      if (System.nanoTime() - startNanos > PATIENCE.toNanos()) {
        throw new AssertionError("not what was expected:\n" + screen);
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  private String tmux(String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of("tmux", "-u", "-f", "/dev/null", "-S"));
    command.add(socket.toString());
    command.addAll(List.of(words));
    Path output = Files.createTempFile("tmux", ".txt");
    try {
      int exit =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start()
              .onExit()
              .join()
              .exitValue();
      String text = Files.readString(output, UTF_8);
      if (exit != 0) {
        throw new IOException(String.join(" ", command) + ": " + text);
      }
      return text;
    } finally {
      Files.delete(output);
    }
  }

  @Override
  public void close() throws IOException {
    tmux("kill-server");
  }
}
