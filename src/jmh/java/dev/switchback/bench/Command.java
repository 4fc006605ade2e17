package dev.switchback.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** A command of this machine. */
record Command(List<String> words) {
  /**
   * The result of a command.
   *
   * @param output its output, without surrounding white space
   */
  record Result(int exitCode, String output) {}

  static Command of(String... words) {
    return new Command(List.of(words));
  }

  /** Splits a command line whose words contain no spaces. */
  static Command ofLine(String line) {
    return of(line.strip().split(" +", -1));
  }

  /** Returns a command with more words at the end. */
  Command with(Collection<String> more) {
    List<String> all = new ArrayList<>(words);
    all.addAll(more);
    return new Command(all);
  }

  /** Returns whether a program of this name exists. */
  static boolean isThere(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }

  /** Runs the command with visible output. If it fails, this program exits with its code. */
  void run() throws IOException, InterruptedException {
    requireDone(exitCode(Redirect.INHERIT));
  }

  /** Runs the command without output. If it fails, this program exits with its code. */
  void runUnseen() throws IOException, InterruptedException {
    requireDone(exitCode(Redirect.DISCARD));
  }

  /** Runs the command with all output redirected, and returns whether it succeeded. */
  boolean succeeds(Redirect words) throws IOException, InterruptedException {
    return exitCode(words) == 0;
  }

  /** Runs the command and returns its output. If it fails, this program exits with its code. */
  String output() throws IOException, InterruptedException {
    Result result = result();
    requireDone(result.exitCode());
    return result.output();
  }

  /** Runs the command and returns its result. */
  Result result() throws IOException, InterruptedException {
    Process process = start(Redirect.PIPE, Redirect.INHERIT);
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Result(process.waitFor(), output.strip());
  }

  private int exitCode(Redirect outputs) throws IOException, InterruptedException {
    return start(outputs, outputs).waitFor();
  }

  private Process start(Redirect output, Redirect error) throws IOException {
    return new ProcessBuilder(words)
        .redirectInput(Redirect.INHERIT)
        .redirectOutput(output)
        .redirectError(error)
        .start();
  }

  private static void requireDone(int exitCode) {
    if (exitCode != 0) {
      System.exit(exitCode);
    }
  }
}
