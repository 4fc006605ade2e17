package dev.switchback.cli;

import dev.switchback.image.FormatException;
import dev.switchback.image.Safetensors;
import dev.switchback.nn.fixed.Engine;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
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
final class EvalCommand implements Callable<Integer> {
  /** Larger than any network of eight inputs that we read. */
  private static final long MAX_FILE_BYTES = 1L << 30;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", description = "Weights (safetensors).")
  private Path file = Path.of("");

  @Option(
      names = "--engine",
      paramLabel = "float|fixed",
      defaultValue = "float",
      description = "Arithmetic to answer in. Default: ${DEFAULT-VALUE}.")
  private Engine engine = Engine.FLOAT;

  @Option(names = "--json", description = "Print the result as one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Answers answers = answers();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      JsonOutput.print(
          out,
          fields -> {
            fields.writeStringField("file", file.toString());
            answers.writeTo(fields, engine);
          });
    } else {
      answers.print(out, engine);
    }
    return ExitCode.OK;
  }

  private Answers answers() throws Refusal, IOException {
    if (Files.isDirectory(file) || Files.size(file) > MAX_FILE_BYTES) {
      throw new Refusal(ExitCode.USAGE, file + " is not a weight file");
    }
    try {
      return Answers.of(engine.model(Safetensors.read(Files.readAllBytes(file)).parameters()));
    } catch (FormatException | IllegalArgumentException e) {
      throw new Refusal(ExitCode.USAGE, file + ": " + e.getMessage(), e);
    }
  }
}
