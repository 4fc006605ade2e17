package dev.switchback.deb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.sim.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher in a tree of its own, with a Java that prints what it is told. */
@EnabledOnOs(OS.LINUX)
class LauncherTest {
  @TempDir Path root;
  private Path launcher = Path.of("");
  private Path javaHome = Path.of("");

  @BeforeEach
  void install() throws IOException {
    root = Files.createDirectory(root.toRealPath().resolve("a root"));
    launcher = Files.createDirectories(root.resolve("usr/bin")).resolve("switchback");
    Files.copy(Path.of("src/deb/switchback"), launcher);
    javaHome = root.resolve("java");
    Path java = Files.createDirectories(javaHome.resolve("bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
    assertTrue(java.toFile().setExecutable(true));
    release("25.0.3", "aarch64");
  }

  private void release(String version, String machine) throws IOException {
    Files.writeString(
        javaHome.resolve("release"),
        "IMPLEMENTOR=\"Debian\"\nJAVA_VERSION=\"%s\"\nMODULES=\"java.base jdk.net\"\nOS_ARCH=\"%s\"\n"
            .formatted(version, machine));
  }

  private record Outcome(int exitCode, List<String> lines) {}

  private Outcome outcome(Map<String, String> environment, Path command, String... args)
      throws Exception {
    List<String> words = new ArrayList<>(List.of(command.toString()));
    words.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().remove("JAVA_OPTS");
    builder.environment().put("JAVA_HOME", javaHome.toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    List<String> lines = process.inputReader().readAllLines();
    return new Outcome(process.waitFor(), lines);
  }

  private List<String> run(Map<String, String> environment, Path command, String... args)
      throws Exception {
    Outcome outcome = outcome(environment, command, args);
    assertEquals(0, outcome.exitCode(), () -> String.join("\n", outcome.lines()));
    return outcome.lines();
  }

  private List<String> run(String... args) throws Exception {
    return run(Map.of(), launcher, args);
  }

  @Test
  void theProgramAndItsNativesAreFoundBesideTheLauncher() throws Exception {
    String program = root + "/usr/lib/switchback";
    List<String> told = run("run", "--config", "a file");
    assertEquals(
        List.of(
            "-DjSerialComm.library.path=" + program + "/native/aarch64",
            "-cp",
            program + "/switchback-device.jar",
            "dev.switchback.device.Main",
            "--config",
            "a file"),
        told.subList(told.size() - 6, told.size()));
  }

  @Test
  void theyAreFoundThroughALinkToo() throws Exception {
    Path link = Files.createSymbolicLink(root.resolve("sb"), launcher);
    assertEquals(run("status"), run(Map.of(), link, "status"));
  }

  @Test
  void theMachineIsTheOneThatJavaIsMadeFor() throws Exception {
    release("25", "x86_64");
    assertTrue(
        run("run")
            .contains("-DjSerialComm.library.path=" + root + "/usr/lib/switchback/native/x86_64"));
  }

  /** Word before word, values of options included: they may look like anything. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "run",
        "run --board sim --state-dir --ascii",
        "run --config=a --port= --baud",
        "run --port p --config c --baud 9600"
      })
  void theProgramOnTheBoardTakesWhatAServiceNeeds(String line) throws Exception {
    List<String> words = List.of(line.split(" ", -1));
    List<String> told = run(words.toArray(String[]::new));
    int main = told.indexOf("dev.switchback.device.Main");
    assertEquals(words.subList(1, words.size()), told.subList(main + 1, told.size()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "status", "run --ascii", "run --help", "run --board sim x", "runs"})
  void everythingElseIsTheOthers(String line) throws Exception {
    List<String> words = line.isEmpty() ? List.of() : List.of(line.split(" ", -1));
    List<String> told = run(words.toArray(String[]::new));
    int main = told.indexOf("dev.switchback.tools.Main");
    assertEquals(words, told.subList(main + 1, told.size()));
  }

  /** The bench: a terminal at both ends, as {@code script} makes one. */
  @Test
  void aTerminalAsksForTheBench() throws Exception {
    Requirement.program(LauncherTest.class, "script", "bsdutils");
    Map<String, String> terminal = Map.of("TERM", "xterm");
    String line = "'" + launcher + "' run --board sim";
    assertTrue(
        run(terminal, Path.of("script"), "-qec", line, "/dev/null")
            .contains("dev.switchback.tools.Main"));
    assertTrue(
        run(Map.of("TERM", "dumb"), Path.of("script"), "-qec", line, "/dev/null")
            .contains("dev.switchback.device.Main"));
    assertTrue(
        run(terminal, Path.of("script"), "-qec", line + " </dev/null", "/dev/null")
            .contains("dev.switchback.device.Main"));
  }

  @Test
  void eachHasOptionsOfItsOwn() throws Exception {
    String options = "@" + root + "/usr/lib/switchback/";
    assertEquals(options + "jvm.options", run("run").get(2));
    assertEquals(options + "jvm.options", run("run", "--ascii").get(2));
    assertEquals(options + "train.options", run("train").get(2));
    assertEquals(options + "train.options", run("plot", "xor.npz").get(2));
    assertEquals(options + "tools.options", run("eval", "xor.npz").get(2));
    assertEquals(options + "tools.options", run().get(2));
  }

  @Test
  void eachHasACacheOfItsOwn_namedOnlyIfItIsThere() throws Exception {
    Path caches = Files.createDirectories(root.resolve("var/cache/switchback"));
    String device = "-XX:AOTCache=" + caches.resolve("switchback-device.aot");
    String tools = "-XX:AOTCache=" + caches.resolve("switchback.aot");
    assertFalse(run("run").contains(device));
    Files.writeString(caches.resolve("switchback-device.aot"), "");
    assertTrue(run("run").contains(device));
    assertFalse(run("eval", "xor.npz").contains(tools));
    Files.writeString(caches.resolve("switchback.aot"), "");
    assertTrue(run("eval", "xor.npz").contains(tools));
    assertFalse(run("run").contains(tools));
  }

  @Test
  void optionsOfTheEnvironmentStandBeforeTheProgram() throws Exception {
    List<String> told = run(Map.of("JAVA_OPTS", "-Xmx64m -Done=1"), launcher, "run");
    assertTrue(told.indexOf("-Xmx64m") < told.indexOf("-cp"));
    assertTrue(told.contains("-Done=1"));
  }

  @Test
  void filesMayHaveAnyNameWhateverTheLanguage() throws Exception {
    Files.writeString(
        javaHome.resolve("bin/java"), "#!/bin/sh\necho $LC_ALL; echo $SWITCHBACK_LOCALE\n");
    Map<String, String> none = Map.of("LC_ALL", "", "LC_CTYPE", "", "LANG", "");
    assertEquals(List.of("C.UTF-8", "C"), run(none, launcher, "run"));
    assertEquals(List.of("C.UTF-8", "POSIX"), run(Map.of("LC_ALL", "POSIX"), launcher, "run"));
  }

  @Test
  void anotherJavaIsPassedOver() throws Exception {
    release("21.0.7", "aarch64");
    Outcome outcome = outcome(Map.of(), launcher, "--version");
    assertFalse(outcome.lines().contains("--version"));
    // Without any Java 25 the launcher's own; with one of this machine, that the tree has no jar.
    assertTrue(outcome.exitCode() != 0);
  }
}
