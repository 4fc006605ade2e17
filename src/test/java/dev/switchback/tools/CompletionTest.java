package dev.switchback.tools;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.sim.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the real shells complete by the scripts that the program prints. */
@EnabledOnOs(OS.LINUX)
class CompletionTest {
  private static final List<String> FILES =
      List.of(
          "a.img",
          "my net.npz",
          "n.net",
          "h.h",
          "k.pem",
          "x.properties",
          "p.svg",
          "l.csv",
          "w.safetensors",
          "notes.txt",
          "dir/in.img");

  /** Beside any files. */
  private static final String DIRECTORY = "dir";

  @TempDir Path directory;

  @BeforeEach
  void putFiles() throws IOException {
    Files.createDirectory(directory.resolve(DIRECTORY));
    for (String file : FILES) {
      Files.createFile(directory.resolve(file));
    }
  }

  private Set<String> completed(Shell shell, String line) throws Exception {
    Requirement.program(getClass(), shell.label(), shell.label());
    Path script = directory.resolve("script");
    CommandLineRun run = CommandLineRun.of("completion", shell.label());
    assertEquals("", run.err());
    Files.writeString(script, run.out());
    Path driver = Path.of("src/test/resources/completion/complete." + shell.label());
    ProcessBuilder builder =
        new ProcessBuilder(
                shell.label(), driver.toAbsolutePath().toString(), script.toString(), line)
            .directory(directory.toFile())
            .redirectError(directory.resolve("err").toFile());
    builder.environment().put("SWITCHBACK_PORTS", "/dev/pts/1:/dev/pts/7");
    builder.environment().put("HOME", directory.toString());
    builder.environment().put("TERM", "xterm");
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    assertEquals("", Files.readString(directory.resolve("err")));
    Set<String> completed = new TreeSet<>();
    // What is there already, in the words of each shell; a directory with or without its slash.
    String before = line.replaceFirst(".*[ =]", "").replaceFirst("[^,]*$", "");
    for (String word : said.lines().filter(found -> !found.isEmpty()).toList()) {
      String bare = word.replace("\\", "").replaceFirst("^--\\w+=", "").replaceFirst("/$", "");
      completed.add(bare.startsWith(before) ? bare.substring(before.length()) : bare);
    }
    return completed;
  }

  private void assertCompletes(Shell shell, String line, String expected) throws Exception {
    Set<String> words = new TreeSet<>(Arrays.asList(expected.split(";", -1)));
    words.remove("");
    assertEquals(words, completed(shell, line), shell + ": " + line);
  }

  @ParameterizedTest
  @EnumSource
  void commandsAreProposed(Shell shell) throws Exception {
    Set<String> all = completed(shell, "switchback ");
    Set<String> shown = new TreeSet<>(Main.commandLine().getHelp().subcommands().keySet());
    assertTrue(shown.contains("deploy"));
    assertFalse(shown.contains("rollback"));
    assertEquals(shown, all);
    assertCompletes(shell, "switchback re", "recipes;retrain;revert");
    assertCompletes(shell, "path/to/switchback re", "recipes;retrain;revert");
    assertCompletes(shell, "switchback help tr", "train");
    assertCompletes(shell, "switchback led ", "off");
    assertCompletes(shell, "switchback completion ", "bash;zsh;fish");
  }

  @ParameterizedTest
  @EnumSource
  void optionsAreProposed(Shell shell) throws Exception {
    assertCompletes(shell, "switchback deploy --tr", "--transposed;--trial;--truth");
    assertCompletes(shell, "switchback train -o w --pl", "--plot;--plot-every");
    assertCompletes(shell, "switchback led off --", "--board;--config;--help;--version");
  }

  @ParameterizedTest
  @EnumSource
  void valuesAreThoseThatAreAccepted(Shell shell) throws Exception {
    assertCompletes(shell, "switchback eval --engine ", "float;fixed");
    assertCompletes(shell, "switchback eval w --engine=fi", "fixed");
    assertCompletes(shell, "switchback run --board ", "auto;sim;pi");
    assertCompletes(
        shell, "scripts/switchback train --recipe n", "numerical-gradient;numpy-backprop");
    assertCompletes(shell, "switchback plot --kind ", "boundary;loss;network;outputs;quantization");
    assertCompletes(shell, "switchback train --activation sigmoid,s", "sigmoid;softmax");
    assertCompletes(shell, "switchback train --seed ", "");
  }

  @ParameterizedTest
  @CsvSource({
    "'eval ', a.img;my net.npz;n.net;w.safetensors",
    "'eval my', my net.npz",
    "'convert ', a.img;my net.npz;n.net;w.safetensors",
    "'convert --engine fixed a.img ', a.img;my net.npz;w.safetensors;h.h",
    "'plot ', a.img;my net.npz;n.net;w.safetensors;l.csv",
    "'plot a.img --out ', p.svg",
    "'sign a.img --key ', k.pem",
    "'run --config ', x.properties",
    "'run --state-dir ', ''",
    "'train --out ', a.img;my net.npz;w.safetensors;h.h"
  })
  void filesHaveTheRightEndings(String line, String files) throws Exception {
    for (Shell shell : Shell.values()) {
      String expected = line.endsWith(" ") ? files + ";" + DIRECTORY : files;
      assertCompletes(shell, "switchback " + line, expected);
    }
  }

  @ParameterizedTest
  @EnumSource
  void filesInDirectoriesAreFound(Shell shell) throws Exception {
    Set<String> found = completed(shell, "switchback verify dir/");
    assertTrue(found.equals(Set.of("dir/in.img")) || found.equals(Set.of("in.img")), found + "");
  }

  @ParameterizedTest
  @EnumSource
  void portsAreThoseOfTheMachine(Shell shell) throws Exception {
    assertTrue(
        completed(shell, "switchback status --port ")
            .containsAll(Set.of("/dev/pts/1", "/dev/pts/7")));
    assertCompletes(shell, "switchback deploy w.npz -p /dev/pts/7", "/dev/pts/7");
  }

  /** A value of a type with names is refused under any other. */
  @Test
  void everyProposedWordIsAccepted() {
    for (Choice<?> choice : Choice.ALL) {
      for (String label : choice.labels()) {
        assertEquals(label, labelOf(choice, label));
      }
    }
  }

  private static <T extends Enum<T>> String labelOf(Choice<T> choice, String label) {
    return choice.label().apply(choice.parser().apply(label));
  }

  @Test
  void anotherShellIsRefused() {
    CommandLineRun run = CommandLineRun.of("completion", "tcsh");
    assertEquals(2, run.exitCode());
    assertTrue(run.err().contains("unknown shell 'tcsh': use bash, zsh or fish"), run.err());
  }
}
