package dev.switchback.tools.cli.files;

import dev.switchback.ExitCode;
import dev.switchback.Refusal;
import dev.switchback.tools.cli.InputFile;
import dev.switchback.tools.cli.JsonOutput;
import dev.switchback.tools.foreign.WeightFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code switchback eval}: prints what a weight file answers in every switch position. */
@Command(
    name = "eval",
    description = "Prints the truth table of a weight file, with raw outputs.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class EvalCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", description = "Weights: " + InputFile.FORMATS)
  private Path file = Path.of("");

  @Mixin private AnswerOptions answering = new AnswerOptions();

  @Option(names = "--json", description = "Print the result as one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    AnswerTable answers = answers();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      JsonOutput.print(
          out,
          fields -> {
            fields.writeStringField("file", file.toString());
            answers.writeTo(fields);
          });
    } else {
      answers.print(out);
    }
    return ExitCode.OK;
  }

  private AnswerTable answers() throws Refusal, IOException {
    WeightFile input = answering.read(file);
    try {
      return new AnswerTable(input.parameters(), answering.engine());
    } catch (IllegalArgumentException e) {
      throw new Refusal(ExitCode.USAGE, file + ": " + e.getMessage(), e);
    }
  }
}
