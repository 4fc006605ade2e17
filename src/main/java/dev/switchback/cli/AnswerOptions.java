package dev.switchback.cli;

import dev.switchback.image.WeightFile;
import dev.switchback.nn.Activation;
import dev.switchback.nn.fixed.Engine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of every command that asks a network from a weight file. */
final class AnswerOptions {
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

  Engine engine() {
    return engine;
  }

  /** Reads a weight file; see {@link InputFile#weights}. */
  WeightFile read(Path file) throws Refusal, IOException {
    return InputFile.weights(file, activations);
  }
}
