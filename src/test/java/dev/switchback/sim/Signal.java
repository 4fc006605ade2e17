package dev.switchback.sim;

import java.io.IOException;

/** Sends signals by the shell's built-in {@code kill}, as some machines lack the program. */
public final class Signal {
  private Signal() {}

  /** Sends a signal by name, such as {@code TERM}. */
  public static void send(String name, long processId) throws IOException {
    int exitCode =
        new ProcessBuilder("sh", "-c", "kill -" + name + " " + processId)
            .start()
            .onExit()
            .join()
            .exitValue();
    if (exitCode != 0) {
      throw new IOException("kill -" + name + " " + processId + " returned " + exitCode);
    }
  }
}
