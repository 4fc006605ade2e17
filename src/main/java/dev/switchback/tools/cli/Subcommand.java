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
 * A command below {@code switchback}: what it prints on, and how it refuses its options. Its exit
 * code is {@link ExitCode#OK} unless it throws, or picocli is told another.
 */
@Command(mixinStandardHelpOptions = true, sortOptions = false)
public abstract class Subcommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  /** Does the work. What it throws is explained, with an exit code of its own. */
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

  /** Prints in one of the two forms. */
  protected final void print(boolean json, Report report) throws IOException {
    if (json) {
      out().println(report.json());
    } else {
      report.print(out());
    }
  }

  /** Options that do not go together. */
  protected final ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /** What options make; an {@link IllegalArgumentException} tells what is wrong with them. */
  protected final <T> T ofOptions(Supplier<T> maker) {
    try {
      return maker.get();
    } catch (IllegalArgumentException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
  }
}
