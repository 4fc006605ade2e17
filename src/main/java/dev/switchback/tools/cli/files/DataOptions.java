package dev.switchback.tools.cli.files;

import dev.switchback.ExitCode;
import dev.switchback.Refusal;
import dev.switchback.RegularFile;
import dev.switchback.core.Engine;
import dev.switchback.core.nn.Parameters;
import dev.switchback.format.FormatException;
import dev.switchback.tools.foreign.WeightFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that evaluate a network on data instead of on switches. */
final class DataOptions {
  @Option(
      names = "--input",
      paramLabel = "FILE",
      description = {
        "Rows of numbers, one column per input: text such as .csv, or .npy.",
        "Default: every switch position."
      })
  private @Nullable Path input;

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description =
          "The wanted answers, a row per sample: the number of a class, or 0 and 1 per output.")
  private @Nullable Path labels;

  boolean areGiven() {
    return input != null || labels != null;
  }

  /** Evaluates a network on the data. */
  Evaluation evaluate(Parameters parameters, List<Engine> engines) throws Refusal, IOException {
    Path samples = input;
    Path wanted = labels;
    if (samples == null) {
      throw new Refusal(ExitCode.USAGE, "--labels needs --input FILE");
    }
    try (SampleRows rows = open(samples)) {
      if (wanted == null) {
        return Evaluation.of(parameters, engines, rows, null);
      }
      try (SampleRows answers = open(wanted)) {
        Labels expected = new Labels(answers, parameters.topology());
        return Evaluation.of(parameters, engines, rows, expected);
      }
    } catch (FormatException e) {
      throw new Refusal(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
    }
  }

  private static SampleRows open(Path file) throws IOException {
    RegularFile.require(file);
    return WeightFormat.begun(file) == WeightFormat.NPY ? new NpyRows(file) : new CsvRows(file);
  }
}
