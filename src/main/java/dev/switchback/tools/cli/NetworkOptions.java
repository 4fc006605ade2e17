package dev.switchback.tools.cli;

import dev.switchback.Refusal;
import dev.switchback.core.nn.Activation;
import dev.switchback.format.AnswerRule;
import dev.switchback.tools.foreign.Coding;
import dev.switchback.tools.foreign.Stated;
import dev.switchback.tools.foreign.WeightFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What weight files may leave open; see {@code src/docs/formats.md}. */
public final class NetworkOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--activation",
      paramLabel = "NAME",
      split = ",",
      description = {
        "For files that do not store them, such as npz: sigmoid, tanh, relu, linear or softmax.",
        "One name for all layers, or a comma-separated list, one per layer. Default: sigmoid."
      })
  private @Nullable List<Activation> activations;

  @Option(
      names = "--answer",
      paramLabel = "RULE",
      description = {
        "For files that do not store it: threshold (each output decides one LED) or argmax (of two"
            + " outputs the larger decides one LED).",
        "Default: argmax after softmax, else threshold."
      })
  private @Nullable AnswerRule answer;

  @Option(
      names = "--coding",
      paramLabel = "OPEN,CLOSED",
      description = "Numbers that the network was trained with for switches. Default: 0,1.")
  private @Nullable Coding coding;

  @Option(
      names = "--transposed",
      negatable = true,
      description = {
        "Read the weights the other way than their names say: W1 as [out, in], or torch's 0.weight"
            + " as [in, out].",
        "Default: as the shapes fit together, else as the names say."
      })
  private @Nullable Boolean isTransposed;

  @Option(
      names = "--names",
      paramLabel = "NAME",
      split = ",",
      description =
          "Arrays of the network: weights and bias of each layer, such as W0,b0,W1,b1; - for no"
              + " bias.")
  private @Nullable List<String> names;

  @Option(names = "--smooth", description = "Read FANN's stepwise activations as the smooth ones.")
  private boolean isSmooth;

  /** Reads a weight file, and prints what was assumed; see {@link InputFile#weights}. */
  public WeightFile read(Path file) throws Refusal, IOException {
    return read(file, Stated.NOTHING.assumedActivations());
  }

  /**
   * Reads a weight file for inputs that are no switches, so that their coding does not matter, and
   * prints what was assumed.
   */
  public WeightFile readForData(Path file) throws Refusal, IOException {
    return read(file, Coding.OF_DEVICES, Stated.NOTHING.assumedActivations());
  }

  /**
   * Reads a weight file, and prints what was assumed.
   *
   * @param assumed the activations for a number of layers, if nobody says them
   */
  public WeightFile read(Path file, IntFunction<Activation[]> assumed) throws Refusal, IOException {
    return read(file, coding, assumed);
  }

  private WeightFile read(Path file, @Nullable Coding inputs, IntFunction<Activation[]> assumed)
      throws Refusal, IOException {
    WeightFile read =
        InputFile.weights(
            file, new Stated(activations, answer, inputs, isTransposed, names, isSmooth, assumed));
    report(file, read, spec.commandLine().getErr());
    return read;
  }

  /** Prints what was assumed of a file, and what was left out. */
  public static void report(Path file, WeightFile read, PrintWriter err) {
    read.warnings().forEach(warning -> err.println("switchback: " + file + ": " + warning));
  }
}
