package dev.switchback.tools;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Completion table read by the scripts of all shells. Each option, argument and command has a row,
 * such as {@code switchback eval;--engine;float fixed;Arithmetic to use}. Candidates are words or
 * {@code FileNames} patterns. A leading comma means that the value is a comma-separated list;
 * {@code -} means that the option takes no value.
 */
final class Completion {
  private static final String ROWS = "@ROWS@";

  private Completion() {}

  static String script(Shell shell, CommandSpec program) throws IOException {
    List<String> rows = new ArrayList<>();
    add(program.name(), program, rows);
    String table = String.join("\n", rows.stream().map(shell::row).toList());
    try (InputStream script = Completion.class.getResourceAsStream("completion." + shell.label())) {
      return new String(Objects.requireNonNull(script).readAllBytes(), UTF_8).replace(ROWS, table);
    }
  }

  private static void add(String path, CommandSpec command, List<String> rows) {
    for (CommandLine below : command.subcommands().values()) {
      CommandSpec spec = below.getCommandSpec();
      if (!spec.usageMessage().hidden()) {
        rows.add(row(path, spec.name(), "", spec.usageMessage().description()));
        add(path + " " + spec.name(), spec, rows);
      }
    }
    for (OptionSpec option : command.options()) {
      for (String name : option.names()) {
        boolean takesValue = option.arity().max() > 0;
        rows.add(row(path, name, takesValue ? candidates(option) : "-", option.description()));
      }
    }
    boolean isHelp = command.userObject() instanceof HelpCommand;
    for (PositionalParamSpec argument : command.positionalParameters()) {
      String number = String.valueOf(argument.index().min() + 1);
      String words = isHelp ? names(command.parent()) : candidates(argument);
      rows.add(row(path, number, words, argument.description()));
    }
  }

  private static String row(String path, String name, String candidates, String... description) {
    return String.join(";", path, name, candidates, firstSentence(description));
  }

  private static String firstSentence(String... description) {
    String text = String.join(" ", description);
    int end = text.indexOf(". ");
    return (end < 0 ? text : text.substring(0, end)).replaceFirst("\\.$", "");
  }

  private static String candidates(ArgSpec argument) {
    Iterable<String> proposed = argument.completionCandidates();
    Choice<?> choice = Choice.of(argument.auxiliaryTypes()[0]);
    String words =
        choice == null
            ? proposed == null
                ? ""
                : String.join(" ", StreamSupport.stream(proposed.spliterator(), false).toList())
            : String.join(" ", choice.labels());
    return argument.splitRegex().isEmpty() ? words : "," + words;
  }

  private static String names(@Nullable CommandSpec program) {
    return program == null
        ? ""
        : String.join(" ", new CommandLine.Help(program).subcommands().keySet());
  }
}
