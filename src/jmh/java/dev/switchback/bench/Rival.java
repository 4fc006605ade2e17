package dev.switchback.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;

/** A program to time. Its standard error is passed through. */
record Rival(String name, List<String> command) {
  /**
   * Runs the program and returns its output.
   *
   * @throws BenchException if it cannot be started, fails, or violates the {@link Protocol}
   */
  Reading read() throws InterruptedException {
    try {
      Process process = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
      process.getOutputStream().close();
      List<String> lines;
      try (BufferedReader reader = process.inputReader()) {
        lines = reader.lines().toList();
      }
      requireDone(process.waitFor());
      return Reading.of(name, lines);
    } catch (IOException e) {
      throw new BenchException(name + " did not run: " + e.getMessage());
    }
  }

  /** Runs the program and returns the nanoseconds from start to end. */
  double lifeNanos() throws InterruptedException {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectError(Redirect.INHERIT)
              .redirectOutput(Redirect.DISCARD);
      long start = System.nanoTime();
      int exitCode = builder.start().waitFor();
      double nanos = System.nanoTime() - start;
      requireDone(exitCode);
      return nanos;
    } catch (IOException e) {
      throw new BenchException(name + " did not run: " + e.getMessage());
    }
  }

  private void requireDone(int exitCode) {
    if (exitCode != 0) {
      throw new BenchException(name + " ended with " + exitCode + ": " + String.join(" ", command));
    }
  }
}
