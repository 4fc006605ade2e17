package dev.switchback.tools.cli.files;

import dev.switchback.Refusal;
import dev.switchback.core.Engine;
import dev.switchback.core.nn.Parameters;
import dev.switchback.tools.cli.NetworkOptions;
import dev.switchback.tools.foreign.WeightFile;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of commands that evaluate a network from a weight file. */
final class AnswerOptions {
  @Option(
      names = "--engine",
      paramLabel = "float|fixed",
      defaultValue = "float",
      description = "Arithmetic to use. Default: ${DEFAULT-VALUE}.")
  private Engine engine = Engine.FLOAT;

  @Mixin private NetworkOptions activation = new NetworkOptions();

  Engine engine() {
    return engine;
  }

  /** Reads a weight file for inputs that are no switches, so that their coding does not matter. */
  Parameters readForData(Path file) throws Refusal, IOException {
    return activation.readForData(file).parameters();
  }

  /** Reads a weight file; see {@code InputFile.weights}. */
  WeightFile read(Path file) throws Refusal, IOException {
    return activation.read(file);
  }
}
