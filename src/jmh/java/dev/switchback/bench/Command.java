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
   * What became of a command.
   *
   * @param output what it printed, without blanks around it
   */
  record Result(int exitCode, String output) {}

  static Command of(String... words) {
    return new Command(List.of(words));
  }

  /** From a command line whose words have no spaces in them. */
  static Command ofLine(String line) {
    return of(line.strip().split(" +", -1));
  }

  /** With more words behind. */
  Command with(Collection<String> more) {
    List<String> all = new ArrayList<>(words);
    all.addAll(more);
    return new Command(all);
  }

  /** Whether there is a program of this name to run. */
  static boolean isThere(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }

  /** Runs it in view. Should it fail, it has said why: this program ends as it did. */
  void run() throws IOException, InterruptedException {
    requireDone(exitCode(Redirect.INHERIT));
  }

  /** Runs it unseen. Should it fail, this program ends as it did. */
  void runUnseen() throws IOException, InterruptedException {
    requireDone(exitCode(Redirect.DISCARD));
  }

  /** Whether it succeeds; all that it says goes there. */
  boolean succeeds(Redirect words) throws IOException, InterruptedException {
    return exitCode(words) == 0;
  }

  /** What it prints. Should it fail, this program ends as it did. */
  String output() throws IOException, InterruptedException {
    Result result = result();
    requireDone(result.exitCode());
    return result.output();
  }

  /** What becomes of it. */
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
