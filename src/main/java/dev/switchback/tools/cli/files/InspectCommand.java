package dev.switchback.tools.cli.files;

import dev.switchback.format.Sha256;
import dev.switchback.format.WeightImage;
import dev.switchback.tools.cli.FileNames;
import dev.switchback.tools.cli.InputFile;
import dev.switchback.tools.cli.NetworkOptions;
import dev.switchback.tools.cli.Subcommand;
import dev.switchback.tools.foreign.WeightFile;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code switchback inspect}: shows the contents of a weight file. */
@Command(
    name = "inspect",
    description = {
      "Shows the contents of a weight file: metadata, tensors and truth table; for an image also"
          + " its header, TLVs and hash.",
      ""
    })
public final class InspectCommand extends Subcommand {
  @Parameters(
      paramLabel = "FILE",
      completionCandidates = FileNames.Weights.class,
      description = "Weights: " + InputFile.FORMATS)
  private Path file = Path.of("");

  @Mixin private NetworkOptions activation = new NetworkOptions();

  @Option(names = "--json", description = "Print the result as one JSON object.")
  private boolean json;

  @Override
  protected void run() throws Exception {
    WeightFile weights = activation.read(file);
    WeightImage image = weights.image();
    byte[] bytes = image == null ? InputFile.bytes(file) : image.bytes();
    print(json, new Inspection(file, weights, Sha256.text(bytes)));
  }
}
