package dev.switchback.cli;

import dev.switchback.nn.Activation;
import dev.switchback.nn.fixed.Engine;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
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
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", description = "Weights: safetensors, or npz of numpy.")
  private Path file = Path.of("");

  @Option(
      names = "--engine",
      paramLabel = "float|fixed",
      defaultValue = "float",
      description = "Arithmetic to answer in. Default: ${DEFAULT-VALUE}.")
  private Engine engine = Engine.FLOAT;

  @Option(
      names = "--activation",
      paramLabel = "NAME",
      split = ",",
      defaultValue = "sigmoid",
      description = {
        "For a file that names none, such as npz: sigmoid, tanh, relu, linear or softmax.",
        "One name for all layers, or one per layer, joined by commas. Default: ${DEFAULT-VALUE}."
      })
  private List<Activation> activations = List.of(Activation.SIGMOID);

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
    WeightInput input = WeightInput.read(file, WeightInput.each(activations));
    try {
      return Answers.of(engine.model(input.parameters()));
    } catch (IllegalArgumentException e) {
      throw new Refusal(ExitCode.USAGE, file + ": " + e.getMessage(), e);
    }
  }
}
