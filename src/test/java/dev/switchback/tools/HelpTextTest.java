package dev.switchback.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** What is written in the commands stands in their help, on lines that a terminal shows. */
class HelpTextTest {
  private static final Pattern OPTION_AND_VALUE = Pattern.compile("--[a-z-]+ [A-Z]+\\b");

  static Stream<CommandSpec> commands() {
    List<CommandSpec> all = new ArrayList<>();
    add(Main.commandLine().getCommandSpec(), all);
    return all.stream();
  }

  private static void add(CommandSpec command, List<CommandSpec> all) {
    all.add(command);
    for (CommandLine below : command.subcommands().values()) {
      if (!below.getCommandSpec().usageMessage().hidden()) {
        add(below.getCommandSpec(), all);
      }
    }
  }

  private static String help(CommandSpec command) {
    List<String> words = new ArrayList<>(List.of(command.qualifiedName().split(" ", -1)));
    words.removeFirst();
    words.add("--help");
    CommandLineRun run = CommandLineRun.of(words.toArray(String[]::new));
    assertEquals(0, run.exitCode(), run.err());
    return run.out();
  }

  private static List<String> texts(CommandSpec command) {
    List<String> texts = new ArrayList<>();
    texts.addAll(List.of(command.usageMessage().description()));
    texts.addAll(List.of(command.usageMessage().footer()));
    Stream.concat(command.options().stream(), command.positionalParameters().stream())
        .map(ArgSpec.class::cast)
        .filter(argument -> !argument.hidden())
        .forEach(argument ->
            Arrays.stream(argument.description())
                .map(text -> text.replace("${DEFAULT-VALUE}", argument.defaultValueString()))
                .forEach(texts::add));
    return texts;
  }

  @ParameterizedTest
  @MethodSource("commands")
  void noWordIsBroken(CommandSpec command) {
    String help = help(command);
    Set<String> shown = new TreeSet<>(Arrays.asList(help.split("\\s+", -1)));
    Set<String> missing = new TreeSet<>();
    for (String text : texts(command)) {
      missing.addAll(Arrays.asList(text.split("(\\s|%n)+", -1)));
      OPTION_AND_VALUE
          .matcher(text)
          .results()
          .filter(pair -> !help.contains(pair.group()))
          .forEach(pair -> missing.add(pair.group()));
    }
    assertTrue(missing.size() > 3, command.qualifiedName());
    missing.removeAll(shown);
    missing.remove("");
    assertEquals(Set.of(), missing, help);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void noLineIsWiderThanATerminal(CommandSpec command) {
    List<String> wide = help(command).lines().filter(line -> line.length() > 80).toList();
    assertEquals(List.of(), wide);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void theSynopsisKeepsItsWordsTogether(CommandSpec command) {
    String help = help(command);
    List<String> synopsis = help.substring(help.indexOf("Usage: ")).lines().toList();
    int end = 1;
    while (synopsis.get(end).startsWith("       ")) {
      end++;
    }
    for (String line : synopsis.subList(0, end)) {
      assertEquals(count(line, '['), count(line, ']'), help);
    }
  }

  private static long count(String text, char character) {
    return text.chars().filter(found -> found == character).count();
  }
}
