package dev.switchback.tools.cli;

import dev.switchback.ExitCode;
import dev.switchback.Refusal;
import dev.switchback.core.nn.Activation;
import dev.switchback.format.AnswerRule;
import dev.switchback.tools.foreign.WeightFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What weight files may leave open: the activations, and how outputs become answers. */
public final class NetworkOptions {
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

  @Option(
      names = "--answer",
      paramLabel = "RULE",
      description = {
        "For files that do not store it: threshold (each output decides one LED) or argmax (of two"
            + " outputs the larger decides one LED).",
        "Default: argmax after softmax, else threshold."
      })
  private @Nullable AnswerRule answer;

  /** Reads a weight file; see {@link InputFile#weights}. */
  public WeightFile read(Path file) throws Refusal, IOException {
    Activation[] given = activations.toArray(Activation[]::new);
    WeightFile read = InputFile.weights(file, layers -> Activation.ofLayers(layers, given));
    try {
      return answer == null ? read : read.answering(answer);
    } catch (IllegalStateException e) {
      throw new Refusal(ExitCode.USAGE, file + " " + e.getMessage() + ": leave out --answer", e);
    } catch (IllegalArgumentException e) {
      throw new Refusal(ExitCode.USAGE, file + ": " + e.getMessage(), e);
    }
  }
}
