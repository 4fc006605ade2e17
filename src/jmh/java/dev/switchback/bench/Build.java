package dev.switchback.bench;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Builds the benchmark classes with Maven and runs them. */
final class Build {
  private static final Path LOG = Path.of("target/bench.log");
  private static final Path CLASS_PATH = Path.of("target/bench-classpath");
  private static final int SHOWN_LINES = 30;

  private Build() {}

  /** Builds them with these profiles and returns whether Maven succeeded. */
  static boolean succeeds(String profiles) throws IOException, InterruptedException {
    System.err.println("Building the benchmarks ...");
    Files.createDirectories(LOG.getParent());
    return Command.of(
            "scripts/maven",
            "-q",
            "-P" + profiles,
            "-Dspotless.check.skip=true",
            "test-compile",
            "dependency:build-classpath",
            "-Dmdep.outputFile=" + CLASS_PATH,
            "-Dmdep.includeScope=test")
        .succeeds(Redirect.to(LOG.toFile()));
  }

  /** Builds the classes that need only JMH. */
  static void run() throws IOException, InterruptedException {
    require(succeeds("jmh"));
  }

  /** If the build failed, prints the end of the log and exits. */
  static void require(boolean built) throws IOException {
    if (!built) {
      List<String> lines = Files.readAllLines(LOG);
      lines
          .subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size())
          .forEach(System.err::println);
      System.err.println("The build failed; the whole log is in " + LOG);
      System.exit(1);
    }
  }

  /** Returns a redirect to the log, for other builds and failed checks. */
  static Redirect log() {
    return Redirect.appendTo(LOG.toFile());
  }

  /** Moves the log of a failed build to a file, because another build follows. */
  static void keepLog(Path file) throws IOException {
    Files.move(LOG, file, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Returns a Java command on these classes.
   *
   * @param words JVM options, a class of this package, its arguments
   */
  static Command java(String... words) throws IOException {
    return Command.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            "target/test-classes:target/classes:" + libraries())
        .with(List.of(words));
  }

  /** Returns the version of a library on the class path. */
  static String version(String artifact) throws IOException {
    return libraries().replaceFirst(".*/" + artifact + "-([0-9.]*)\\.jar.*", "$1");
  }

  private static String libraries() throws IOException {
    return Files.readString(CLASS_PATH).strip();
  }
}
