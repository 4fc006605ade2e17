package dev.switchback.tools.cli;

import dev.switchback.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Base of the {@code switchback} subcommands. The exit code is {@link ExitCode#OK}, unless the
 * command throws or implements picocli's {@code IExitCodeGenerator}.
 */
@Command(mixinStandardHelpOptions = true, sortOptions = false)
public abstract class Subcommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  /** Runs the command. The caller prints an exception and maps it to an exit code. */
  protected abstract void run() throws Exception;

  @Override
  public final Integer call() throws Exception {
    run();
    return ExitCode.OK.code();
  }

  protected final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  protected final PrintWriter err() {
    return spec.commandLine().getErr();
  }

  /** Whether an option stands on the command line; its default does not count. */
  protected final boolean isGiven(String option) {
    return spec.commandLine().getParseResult().hasMatchedOption(option);
  }

  /** Prints a report as JSON or as text. */
  protected final void print(boolean json, Report report) throws IOException {
    if (json) {
      out().println(report.json());
    } else {
      report.print(out());
    }
  }

  /** Returns the error for invalid or conflicting options. */
  protected final ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /** Builds a value from options; an {@link IllegalArgumentException} becomes a usage error. */
  protected final <T> T ofOptions(Supplier<T> maker) {
    try {
      return maker.get();
    } catch (IllegalArgumentException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
  }
}
