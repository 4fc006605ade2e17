package dev.switchback.tools;

import dev.switchback.ExitCode;
import dev.switchback.Program;
import dev.switchback.Program.Failure;
import dev.switchback.Refusal;
import dev.switchback.StandardOutput;
import dev.switchback.StandardStream;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.format.ImageVersion;
import dev.switchback.lesson.NamedTruth;
import dev.switchback.tools.cli.JsonObject;
import dev.switchback.tools.client.LaptopException;
import dev.switchback.tools.foreign.Coding;
import dev.switchback.tools.foreign.InputRange;
import dev.switchback.wire.LinkException;
import dev.switchback.wire.smp.SmpException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code switchback} command: finds the subcommand and turns failures into exit codes. */
@Command(
    name = "switchback",
    description = "Switches in, backpropagation inside: a neural network between two switches.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    modelTransformer = Commands.class,
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "",
    footer = {"", "For details: switchback COMMAND --help, or switchback help COMMAND."})
public final class Main implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  /** Runs the command line and ends the JVM with its exit code. */
  public static void main(String[] args) {
    System.exit(execute(args, new StandardOutput(), Program.writer(System.err)));
  }

  /** Runs the command line in this JVM; see {@link ExitCode} for what it returns. */
  public static int execute(String[] args, PrintWriter out, PrintWriter err) {
    return Program.end(line(args, out, err).execute(args), out, err);
  }

  private static CommandLine line(String[] args, PrintWriter out, PrintWriter err) {
    // Building only the requested command takes a fraction of the time.
    Class<?> command = args.length == 0 ? null : Commands.named(args[0]);
    CommandLine line = command == null ? commandLine() : commandLine(command);
    line.setOut(out);
    line.setErr(err);
    Choice.ALL.forEach(choice -> register(line, choice));
    register(line, TruthTable.class, digits -> NamedTruth.parse(digits, 2));
    register(line, ImageVersion.class, ImageVersion::parse);
    register(line, Coding.class, Coding::parse);
    register(line, InputRange.class, InputRange::parse);
    line.setUsageHelpWidth(HelpText.COLUMNS);
    line.setHelpFactory(HelpText::new);
    line.setColorScheme(
        Help.defaultColorScheme(StandardStream.OUTPUT.hasColour() ? Help.Ansi.ON : Help.Ansi.OFF));
    line.setParameterExceptionHandler(Main::explainUsage);
    line.setExecutionExceptionHandler(
        (failure, _, _) -> report(explain(failure, err), isForPrograms(args), out));
    return line;
  }

  /** Returns a command line with all commands. */
  static CommandLine commandLine() {
    return new CommandLine(new Main());
  }

  private static CommandLine commandLine(Class<?> command) {
    return new CommandLine(CommandSpec.create().name("switchback")).addSubcommand(command);
  }

  private static <T extends Enum<T>> void register(CommandLine line, Choice<T> choice) {
    register(line, choice.type(), choice.parser());
  }

  /** Parsers name the allowed values; picocli adds the option. */
  private static <T> void register(CommandLine line, Class<T> type, Function<String, T> parser) {
    line.registerConverter(
        type,
        text -> {
          try {
            return parser.apply(text);
          } catch (IllegalArgumentException e) {
            throw new CommandLine.TypeConversionException(String.valueOf(e.getMessage()));
          }
        });
  }

  @Override
  public void run() {
    List<String> names = List.copyOf(spec.commandLine().getHelp().subcommands().keySet());
    int last = names.size() - 1;
    throw new ParameterException(
        spec.commandLine(),
        "name a command: " + String.join(", ", names.subList(0, last)) + " or " + names.get(last));
  }

  private static int explainUsage(ParameterException failure, String[] args) {
    CommandLine command = failure.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(Program.prefix() + failure.getMessage());
    UnmatchedArgumentException.printSuggestions(unmatched(failure), err);
    String help = command.getCommandSpec().qualifiedName() + " --help";
    err.println("Try '" + help + "'.");
    Failure refusal = new Refusal(ExitCode.USAGE, String.valueOf(failure.getMessage()), help);
    return report(refusal, isForPrograms(args), command.getOut());
  }

  /** Searches the raw arguments, because parsing may have failed. */
  private static boolean isForPrograms(String[] args) {
    return Arrays.stream(args).takeWhile(word -> !word.equals("--")).anyMatch("--json"::equals);
  }

  /** With {@code --json}, prints the failure as JSON too. Returns its exit code. */
  private static int report(Failure failure, boolean isForPrograms, PrintWriter out) {
    if (isForPrograms) {
      JsonObject error =
          new JsonObject()
              .put("code", failure.exitCode())
              .put("message", failure.what())
              .put("mend", failure.fix());
      out.println(new JsonObject().put("error", error));
    }
    return failure.exitCode();
  }

  /** Adds suggestions for an unknown command name, which the help command does not do. */
  private static ParameterException unmatched(ParameterException failure) {
    String name = failure.getArgSpec() == null ? failure.getValue() : null;
    return name == null
        ? failure
        : new UnmatchedArgumentException(failure.getCommandLine(), List.of(name));
  }

  private static Failure explain(Exception failure, PrintWriter err) {
    return switch (failure) {
      case LinkException line -> Program.explain(LaptopException.of(line), err);
      case SmpException answer -> Program.explain(LaptopException.ofAnswer(answer), err);
      default -> Program.explain(failure, err);
    };
  }

  /** Version of the jar, or of a build tree. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"switchback " + (version == null ? "(build tree)" : version)};
    }
  }
}
