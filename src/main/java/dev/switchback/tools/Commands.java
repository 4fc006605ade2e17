package dev.switchback.tools;

import dev.switchback.tools.cli.files.ConvertCommand;
import dev.switchback.tools.cli.files.EvalCommand;
import dev.switchback.tools.cli.files.InspectCommand;
import dev.switchback.tools.cli.files.KeygenCommand;
import dev.switchback.tools.cli.files.PlotCommand;
import dev.switchback.tools.cli.files.RecipesCommand;
import dev.switchback.tools.cli.files.SignCommand;
import dev.switchback.tools.cli.files.TrainCommand;
import dev.switchback.tools.cli.files.VerifyCommand;
import dev.switchback.tools.cli.here.DoctorCommand;
import dev.switchback.tools.cli.here.LedCommand;
import dev.switchback.tools.cli.here.RunCommand;
import dev.switchback.tools.cli.here.WiringCommand;
import dev.switchback.tools.cli.line.ConfirmCommand;
import dev.switchback.tools.cli.line.DeployCommand;
import dev.switchback.tools.cli.line.LabCommand;
import dev.switchback.tools.cli.line.MonitorCommand;
import dev.switchback.tools.cli.line.PortsCommand;
import dev.switchback.tools.cli.line.PullCommand;
import dev.switchback.tools.cli.line.RetrainCommand;
import dev.switchback.tools.cli.line.RevertCommand;
import dev.switchback.tools.cli.line.StatusCommand;
import dev.switchback.tools.cli.line.TeachCommand;
import dev.switchback.tools.cli.line.UnteachCommand;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The subcommands of {@code switchback}, grouped by purpose. */
final class Commands implements IModelTransformer {
  /** Same for all groups, to align the descriptions. */
  private static final int NAME_COLUMNS = 14;

  private record Group(String heading, List<Class<?>> commands) {
    Group(String heading, Class<?>... commands) {
      this(heading, List.of(commands));
    }
  }

  private static final List<Group> GROUPS =
      List.of(
          new Group(
              "This device",
              RunCommand.class,
              LedCommand.class,
              DoctorCommand.class,
              WiringCommand.class),
          new Group(
              "A device on a line",
              PortsCommand.class,
              DeployCommand.class,
              StatusCommand.class,
              TeachCommand.class,
              UnteachCommand.class,
              RetrainCommand.class,
              ConfirmCommand.class,
              RevertCommand.class,
              PullCommand.class,
              LabCommand.class,
              MonitorCommand.class),
          new Group(
              "Networks and files",
              TrainCommand.class,
              RecipesCommand.class,
              EvalCommand.class,
              PlotCommand.class,
              ConvertCommand.class,
              InspectCommand.class,
              KeygenCommand.class,
              SignCommand.class,
              VerifyCommand.class),
          new Group("This shell", CompletionCommand.class));

  /** Returns the class of a command, found by its simple name, or null if there is none. */
  static @Nullable Class<?> named(String name) {
    for (Group group : GROUPS) {
      for (Class<?> command : group.commands) {
        if (command.getSimpleName().toLowerCase(Locale.ROOT).equals(name + "command")) {
          return command;
        }
      }
    }
    return null;
  }

  @Override
  public CommandSpec transform(CommandSpec spec) {
    for (Group group : GROUPS) {
      for (Class<?> command : group.commands) {
        spec.addSubcommand(null, new CommandLine(command));
      }
    }
    spec.addSubcommand(null, new CommandLine(HelpCommand.class));
    spec.addSubcommand("rollback", formerRevert());
    spec.usageMessage().sectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, Commands::list);
    return spec;
  }

  /** {@code rollback}, the former name of {@code revert}: hidden, kept for one more version. */
  private static CommandLine formerRevert() {
    CommandLine command = new CommandLine(RevertCommand.class);
    command.getCommandSpec().usageMessage().hidden(true);
    return command;
  }

  private static String list(Help help) {
    StringBuilder list = new StringBuilder();
    for (Group group : GROUPS) {
      HelpText.Table table =
          new HelpText.Table(
              help.colorScheme(),
              new Column(NAME_COLUMNS, 2, Column.Overflow.SPAN),
              new Column(HelpText.COLUMNS - NAME_COLUMNS, 2, Column.Overflow.WRAP));
      for (Class<?> command : group.commands) {
        CommandSpec spec = CommandSpec.forAnnotatedObject(command);
        table.addRowValues(
            help.colorScheme().commandText(spec.name()),
            help.colorScheme().text(spec.usageMessage().description()[0]));
      }
      list.append(help.createHeading("%n" + group.heading + ":%n")).append(table);
    }
    return list.toString();
  }
}
