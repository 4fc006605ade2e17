package dev.switchback.tools.cli.files;

import dev.switchback.ExitCode;
import dev.switchback.Refusal;
import dev.switchback.format.Sha256;
import dev.switchback.format.WeightImage;
import dev.switchback.tools.cli.ActivationOption;
import dev.switchback.tools.cli.InputFile;
import dev.switchback.tools.cli.JsonOutput;
import dev.switchback.tools.foreign.WeightFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code switchback inspect}: shows all that a weight file says. */
@Command(
    name = "inspect",
    description = {
      "Shows what a weight file holds: of an image its header, TLVs and hash; metadata, tensors"
          + " and truth table of any.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class InspectCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", description = "Weights: " + InputFile.FORMATS)
  private Path file = Path.of("");

  @Mixin private ActivationOption activation = new ActivationOption();

  @Option(names = "--json", description = "Print the result as one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Inspection inspection = inspection();
    if (json) {
      JsonOutput.print(
          spec.commandLine().getOut(),
          fields -> {
            fields.writeStringField("file", file.toString());
            inspection.writeTo(fields);
          });
    } else {
      inspection.print(spec.commandLine().getOut());
    }
    return ExitCode.OK;
  }

  private Inspection inspection() throws Refusal, IOException {
    WeightFile weights = activation.read(file);
    WeightImage image = weights.image();
    byte[] bytes = image == null ? Files.readAllBytes(file) : image.bytes();
    return new Inspection(image, Sha256.text(bytes), weights.parameters(), weights.metadata());
  }
}
