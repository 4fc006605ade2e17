package dev.switchback.sim;

import java.io.IOException;

/** Signals, by the shell's own {@code kill}: not every machine has the program. */
public final class Signal {
  private Signal() {}

  /** Sends one by its name: {@code TERM}. */
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
