package dev.switchback.tools.cli.files;

import dev.switchback.ExitCode;
import dev.switchback.Refusal;
import dev.switchback.tools.cli.Blame;
import dev.switchback.tools.foreign.CStyle;
import dev.switchback.tools.foreign.InputRange;
import dev.switchback.tools.foreign.WeightFile;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of a command that writes C headers. */
final class CHeaderOptions {
  @Option(
      names = "--prefix",
      paramLabel = "NAME",
      description =
          "Beginning of every name in a C header. Default: switchback, but predict() has none.")
  private @Nullable String prefix;

  @Option(
      names = "--input-range",
      paramLabel = "LO,HI",
      description = "Inputs that a C header must compute without overflow. Default: 0,1.")
  private InputRange range = InputRange.OF_SWITCHES;

  @Option(
      names = "--table-steps",
      paramLabel = "N",
      description =
          "Steps of a table of an activation in a C header: 16, 32, ... 2048. Fewer save flash and"
              + " cost accuracy. Default: 2048, as in the fixed engine.")
  private int tableSteps = CStyle.DEFAULT.tableSteps();

  boolean areGiven() {
    return prefix != null
        || !range.equals(InputRange.OF_SWITCHES)
        || tableSteps != CStyle.DEFAULT.tableSteps();
  }

  /**
   * Returns names and tables as the options say.
   *
   * @throws Refusal if an option is invalid
   */
  CStyle style() throws Refusal, IOException {
    CStyle named = Blame.on("--prefix", () -> CStyle.DEFAULT.withPrefix(prefix));
    return Blame.on("--table-steps", () -> named.withTableSteps(tableSteps));
  }

  /**
   * Returns the header of a network.
   *
   * @param in source file of the network, to name in an error
   * @param out file to be written, to name in an error
   * @param isForced whether a header is made that cuts weights or values
   * @throws Refusal if fixed point does not hold the network
   */
  CHeaderFile file(WeightFile network, CStyle style, boolean isForced, Path in, Path out)
      throws Refusal, IOException {
    CHeaderFile file = Blame.on(out, () -> CHeaderFile.of(network, style));
    String failure = file.model().failure(range);
    if (failure != null && !isForced) {
      throw new Refusal(ExitCode.USAGE, in + ": " + failure, "accept that with --force");
    }
    return file;
  }
}
