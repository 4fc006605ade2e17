package dev.switchback.cli;

import dev.switchback.image.WeightFile;
import dev.switchback.nn.fixed.Engine;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command that asks a network from a weight file. */
final class AnswerOptions {
  @Option(
      names = "--engine",
      paramLabel = "float|fixed",
      defaultValue = "float",
      description = "Arithmetic to answer in. Default: ${DEFAULT-VALUE}.")
  private Engine engine = Engine.FLOAT;

  @Mixin private ActivationOption activation = new ActivationOption();

  Engine engine() {
    return engine;
  }

  /** Reads a weight file; see {@link InputFile#weights}. */
  WeightFile read(Path file) throws Refusal, IOException {
    return activation.read(file);
  }
}
