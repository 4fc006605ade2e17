package dev.switchback.scripts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A copy of this checkout with what was built, and its scripts. */
record Checkout(Path top) {
  /** What the scripts read, and what they would otherwise build with Maven. */
  private static final List<String> PARTS =
      List.of(
          "pom.xml",
          "scripts",
          "device-config",
          "src/main",
          "src/build",
          "src/jmh",
          "src/deb",
          "src/test/resources/fuzz",
          "target/lib",
          "target/switchback-device.jar",
          "target/switchback.jar");

  /** What a command printed, and its exit code. */
  record Outcome(int exitCode, List<String> out, String err) {}

  static Checkout at(Path top) throws Exception {
    Files.createDirectories(top);
    List<String> command = new ArrayList<>(List.of("cp", "-a", "--parents"));
    command.addAll(PARTS);
    command.add(top.toString());
    assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor());
    return new Checkout(top);
  }

  /** The same with everything in it, as {@code cp -a} copies it. */
  Checkout copied(Path copy) throws Exception {
    Process cp = new ProcessBuilder("cp", "-a", "" + top, "" + copy).inheritIO().start();
    assertEquals(0, cp.waitFor());
    return new Checkout(copy);
  }

  Checkout moved(Path place) throws IOException {
    return new Checkout(Files.move(top, place));
  }

  Path script(String name) {
    return top.resolve("scripts").resolve(name);
  }

  /** The cache of a program, {@code switchback} or {@code switchback-device}. */
  Path cache(String program) {
    return top.resolve("target/" + program + ".aot");
  }

  /** Notes the cache of a program that is there as the one that was made. */
  void sum(String program) throws Exception {
    Process cksum =
        new ProcessBuilder("cksum", "switchback-device.jar", "switchback.jar", program + ".aot")
            .directory(top.resolve("target").toFile())
            .redirectOutput(top.resolve("target/" + program + ".sums").toFile())
            .start();
    assertEquals(0, cksum.waitFor());
  }

  /** Types a command in a directory. */
  static Outcome run(Path directory, Map<String, String> environment, Path command, String... words)
      throws Exception {
    Path out = Files.createTempFile(directory, "out", "");
    Path err = Files.createTempFile(directory, "err", "");
    List<String> line = new ArrayList<>(List.of(command.toString()));
    line.addAll(List.of(words));
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(directory.toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    int exitCode = builder.start().waitFor();
    return new Outcome(exitCode, Files.readAllLines(out), Files.readString(err));
  }
}
