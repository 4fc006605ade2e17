package dev.switchback.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.CommandSpec;

class CommandsTest {
  private static final Map<String, String> GROUPS =
      Map.of(
          "This device", "run led doctor wiring",
          "A device on a line",
              "ports deploy status teach unteach retrain confirm revert pull lab monitor",
          "Networks and files", "train recipes eval plot convert inspect keygen sign verify",
          "This shell", "completion");

  private static Stream<String> names() {
    return GROUPS.values().stream().flatMap(names -> Stream.of(names.split(" ", -1)));
  }

  private static String namesBelow(String heading, String help) {
    String group = help.substring(help.indexOf(heading + ":\n"));
    group = group.substring(0, group.indexOf("\n\n"));
    Matcher names = Pattern.compile("^  (\\w+) ", Pattern.MULTILINE).matcher(group);
    return String.join(" ", names.results().map(name -> name.group(1)).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "help", "-h"})
  void helpListsTheCommandsInGroups(String asked) {
    CommandLineRun run = CommandLineRun.of(asked);
    assertEquals(0, run.exitCode());
    assertEquals("", run.err());
    GROUPS.forEach((heading, names) -> assertEquals(names, namesBelow(heading, run.out())));
    assertFalse(run.out().contains("Commands:"), run.out());
  }

  @Test
  void descriptionsAreBelowEachOtherAndNoLineIsTooLong() {
    List<String> lines = CommandLineRun.of("--help").out().lines().toList();
    for (String line : lines) {
      assertTrue(line.length() <= 80, line);
    }
    assertTrue(lines.contains("  led           Puts the LED into its safe state."));
    assertTrue(lines.contains("  plot          Draws a weight file or a training log."));
  }

  @ParameterizedTest
  @MethodSource("names")
  void helpOfACommandIsWhatItsOptionPrints(String command) {
    CommandLineRun run = CommandLineRun.of("help", command);
    assertEquals(0, run.exitCode());
    assertEquals("", run.err());
    assertTrue(run.out().startsWith("Usage: switchback " + command + " "), run.out());
    assertEquals(CommandLineRun.of(command, "--help"), run);
  }

  @Test
  void helpOfAWrongNameIsAUsageErrorWithASuggestion() {
    CommandLineRun run = CommandLineRun.of("help", "stauts");
    assertEquals(2, run.exitCode());
    assertEquals("", run.out());
    List<String> lines = run.err().lines().toList();
    assertEquals("switchback: Unknown subcommand 'stauts'.", lines.getFirst());
    List<String> without = CommandLineRun.of("stauts").err().lines().toList();
    assertEquals(without.subList(1, without.size()), lines.subList(1, lines.size()));
    assertTrue(lines.get(1).startsWith("Did you mean: switchback status"), run.err());
  }

  @Test
  void theClassOfACommandHasItsName() {
    names()
        .filter(name -> !name.equals("help"))
        .forEach(name -> {
          Class<?> command = Commands.named(name);
          assertEquals(name, CommandSpec.forAnnotatedObject(command).name());
        });
    assertEquals(null, Commands.named("help"));
    assertEquals(null, Commands.named("status "));
  }

  @Test
  void noCommandIsAUsageErrorThatNamesThemAll() {
    CommandLineRun run = CommandLineRun.of();
    assertEquals(2, run.exitCode());
    names().forEach(name -> assertTrue(run.err().contains(name), name));
    assertTrue(run.err().contains("completion or help\n"), run.err());
  }

  @Test
  void rollbackIsUnderstoodButNotShown() {
    CommandLineRun run = CommandLineRun.of("rollback", "--help");
    assertEquals(CommandLineRun.of("revert", "--help"), run);
    for (String asked : List.of("--help", "help", "rolback", "revert")) {
      CommandLineRun shown = CommandLineRun.of(asked, "--port", "/dev/none");
      assertFalse((shown.out() + shown.err()).contains("rollback"), asked);
    }
    assertFalse(CommandLineRun.of().err().contains("rollback"));
  }
}
