package dev.switchback.tools.cli.line;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.switchback.ExitCode;
import dev.switchback.Refusal;
import dev.switchback.format.SigningKey;
import dev.switchback.format.WeightImage;
import dev.switchback.tools.cli.ActivationOption;
import dev.switchback.tools.cli.ImageOptions;
import dev.switchback.tools.cli.InputFile;
import dev.switchback.tools.cli.JsonOutput;
import dev.switchback.tools.client.Deployment;
import dev.switchback.tools.client.DeploymentResult;
import dev.switchback.tools.foreign.WeightFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code switchback deploy}: brings a network to a device, which answers with it from then on. */
@Command(
    name = "deploy",
    description = {
      "Brings a network to a device: converts, uploads, verifies the hash, has the device test and"
          + " try it, reads the truth table back, and confirms.",
      "",
      "A network that answers wrongly is not confirmed; the device goes back to the one before.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class DeployCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", description = "The network: " + InputFile.FORMATS)
  private Path file = Path.of("");

  @Mixin private DeviceOptions device = new DeviceOptions();

  @ArgGroup private End end = new End();

  @Mixin private ActivationOption activation = new ActivationOption();

  @Mixin private ImageOptions options = new ImageOptions();

  @Option(names = "--json", description = "Print the result as one JSON object.")
  private boolean json;

  /** What becomes of an image that answers as it should. */
  private static final class End {
    @Option(names = "--confirm", description = "Keep it in the end. The default.")
    private boolean isConfirmed;

    @Option(
        names = "--trial",
        description = "Leave it on trial: the device's next start goes back unless confirm comes.")
    private boolean isTrial;

    boolean isForGood() {
      return isConfirmed || !isTrial;
    }
  }

  @Override
  public Integer call() throws Exception {
    WeightImage image = image();
    DeploymentReport report = new DeploymentReport(spec.commandLine().getErr());
    DeploymentResult result =
        device.with(port -> {
          report.announce(image, port);
          try {
            return new Deployment(port, device.baud(), device.clock(), report)
                .deploy(image, end.isForGood());
          } finally {
            report.close();
          }
        });
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      JsonOutput.print(out, fields -> writeTo(fields, image, result, report.elapsedSeconds()));
    } else {
      print(out, image, result, report.elapsedSeconds());
    }
    return ExitCode.OK;
  }

  /** An image goes as it is, with its signature, unless another is asked for. */
  private WeightImage image() throws Refusal, IOException {
    WeightFile network = activation.read(file);
    SigningKey signer = options.signer();
    WeightImage image = network.image();
    if (image == null || options.asksForAnother()) {
      return options.image(network, signer, file, file.toString());
    }
    return signer == null ? image : InputFile.signed(file, image, signer);
  }

  private static void print(
      PrintWriter out, WeightImage image, DeploymentResult result, double seconds) {
    TruthTableText.print(out, result.truth());
    out.println(
        (result.isConfirmed() ? "confirmed: " : "on trial: ")
            + image.version()
            + (result.wasThere() ? " answered before" : " answers")
            + String.format(Locale.ROOT, ", %.1f s", seconds));
  }

  private void writeTo(
      JsonGenerator json, WeightImage image, DeploymentResult result, double seconds)
      throws IOException {
    json.writeStringField("file", file.toString());
    json.writeStringField("version", image.version().toString());
    json.writeStringField("hash", image.hashText());
    json.writeBooleanField("signed", image.isSigned());
    json.writeNumberField("bytes", image.bytes().length);
    json.writeBooleanField("wasThere", result.wasThere());
    json.writeBooleanField("confirmed", result.isConfirmed());
    TruthTableText.writeTo(json, result.truth());
    json.writeNumberField("seconds", Math.round(seconds * 1000) / 1000.0);
  }
}
