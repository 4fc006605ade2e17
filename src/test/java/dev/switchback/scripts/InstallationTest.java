package dev.switchback.scripts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.scripts.Checkout.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the scripts install, with an apt that only notes what it is told. */
@EnabledOnOs(OS.LINUX)
class InstallationTest {
  @TempDir Path directory;
  private Path log = Path.of("");

  @BeforeEach
  void apt() throws IOException {
    log = directory.resolve("log");
    program("id", "echo 0");
    program("dpkg", "echo amd64");
    program("apt-get", "echo \"$@\" >>" + log);
    program("apt-cache", "exit 100");
  }

  private void program(String name, String line) throws IOException {
    Path program = directory.resolve("bin").resolve(name);
    Files.createDirectories(program.getParent());
    Files.writeString(program, "#!/bin/sh\n" + line + "\n");
    assertTrue(program.toFile().setExecutable(true));
  }

  private Outcome run(String script, String... words) throws Exception {
    return Checkout.run(
        directory,
        Map.of("PATH", directory.resolve("bin") + ":" + System.getenv("PATH")),
        Path.of("scripts", script).toAbsolutePath(),
        words);
  }

  private List<String> told() throws IOException {
    return Files.exists(log) ? Files.readAllLines(log) : List.of();
  }

  @Test
  void theListsAreFetchedWhereTheyLackAPackage() throws Exception {
    program("apt-cache", "grep -q update " + log);
    Outcome outcome = run("apt-install", "maven");
    assertEquals(0, outcome.exitCode(), outcome.toString());
    assertEquals("-qq update", told().getFirst());
    assertTrue(told().getLast().endsWith(" install maven"), told().toString());
  }

  @Test
  void theListsStayWhereTheyHaveIt() throws Exception {
    program("apt-cache", "exit 0");
    assertEquals(0, run("apt-install", "maven", "git").exitCode());
    assertEquals(1, told().size(), told().toString());
    assertTrue(told().getFirst().endsWith(" install maven git"), told().toString());
  }

  @Test
  void whatAptDoesNotOfferIsSaid() throws Exception {
    Outcome outcome = run("apt-install", "maven");
    assertEquals(2, outcome.exitCode());
    assertTrue(outcome.out().getFirst().endsWith(" offers no maven"), outcome.toString());
    assertEquals(List.of("-qq update"), told());
  }

  @Test
  void whoMayNotInstallIsToldTheCommand() throws Exception {
    program("id", "echo 1000");
    program("sudo", "exit 1");
    Outcome outcome = run("apt-install", "maven");
    assertEquals(2, outcome.exitCode());
    assertEquals(List.of("run sudo apt-get update && sudo apt-get install maven"), outcome.out());
    assertEquals(List.of(), told());
  }

  @Test
  void aSystemWithoutJava25IsToldWhichOneHasIt() throws Exception {
    Outcome outcome = run("install");
    assertEquals(2, outcome.exitCode());
    assertTrue(
        outcome.err().contains(" has no Java 25: install on Debian 13 (trixie)"), outcome.err());
    assertEquals(List.of("-qq update"), told());
    assertFalse(outcome.err().contains("Building"), outcome.err());
  }
}
