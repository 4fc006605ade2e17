package dev.switchback.tools.cli;

import dev.switchback.Refusal;
import dev.switchback.core.nn.Activation;
import dev.switchback.tools.foreign.WeightFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Activations for weight files that do not name them. */
public final class ActivationOption {
  @Option(
      names = "--activation",
      paramLabel = "NAME",
      split = ",",
      defaultValue = "sigmoid",
      description = {
        "For files that do not store them, such as npz: sigmoid, tanh, relu, linear or softmax.",
        "One name for all layers, or a comma-separated list, one per layer. Default: ${DEFAULT-VALUE}."
      })
  private List<Activation> activations = List.of(Activation.SIGMOID);

  /** Reads a weight file; see {@link InputFile#weights}. */
  public WeightFile read(Path file) throws Refusal, IOException {
    Activation[] given = activations.toArray(Activation[]::new);
    return InputFile.weights(file, layers -> Activation.ofLayers(layers, given));
  }
}
