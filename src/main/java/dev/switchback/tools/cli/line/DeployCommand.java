package dev.switchback.tools.cli.line;

import dev.switchback.ExitCode;
import dev.switchback.Refusal;
import dev.switchback.core.Engine;
import dev.switchback.format.SigningKey;
import dev.switchback.format.WeightImage;
import dev.switchback.lesson.NamedTruth;
import dev.switchback.tools.cli.FileNames;
import dev.switchback.tools.cli.FixedPointReport;
import dev.switchback.tools.cli.ImageOptions;
import dev.switchback.tools.cli.InputFile;
import dev.switchback.tools.cli.JsonObject;
import dev.switchback.tools.cli.NetworkOptions;
import dev.switchback.tools.cli.Report;
import dev.switchback.tools.client.Deployment;
import dev.switchback.tools.client.DeploymentResult;
import dev.switchback.tools.client.TruthReading;
import dev.switchback.tools.foreign.WeightFile;
import dev.switchback.wire.Port;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code switchback deploy}: uploads a network to a device and activates it. */
@Command(
    name = "deploy",
    description = {
      "Uploads a network to a device and activates it.",
      "",
      "Converts the file, uploads it, verifies the hash, has the device test it and start it on"
          + " trial, reads back the truth table, and confirms.",
      "",
      "A network that answers incorrectly is not confirmed; the device reverts to the previous one.",
      ""
    })
public final class DeployCommand extends DeviceCommand {
  @Parameters(
      paramLabel = "FILE",
      completionCandidates = FileNames.Weights.class,
      description = "The network: " + InputFile.FORMATS)
  private Path file = Path.of("");

  @ArgGroup private End end = new End();

  @Option(
      names = "--plain",
      description = {
        "Work with any MCUboot or Zephyr server, as other SMP clients do: upload, test, reset,"
            + " confirm. The truth table is not checked."
      })
  private boolean isPlain;

  @Mixin private NetworkOptions activation = new NetworkOptions();

  @Mixin private ImageOptions options = new ImageOptions();

  @Option(names = "--json", description = "Print the result as one JSON object.")
  private boolean json;

  /** What happens to an image that answers correctly. */
  private static final class End {
    @Option(names = "--confirm", description = "Confirm the network after the trial. The default.")
    private boolean isConfirmed;

    @Option(
        names = "--trial",
        description =
            "Leave it on trial: unless confirmed, the next restart of the device reverts it.")
    private boolean isTrial;

    boolean isForGood() {
      return isConfirmed || !isTrial;
    }
  }

  @Override
  protected void run() throws Exception {
    if (isPlain && !hasPort()) {
      throw new Refusal(
          ExitCode.USAGE, "--plain needs --port or --line, because it works with any server");
    }
    WeightImage image = image();
    long startNanos = clock().nanoTime();
    TransferLine progress = new TransferLine("", err());
    DeploymentResult result =
        over(port -> {
          announce(image, port);
          try {
            return new Deployment(image, end.isForGood(), isPlain, clock(), progress)
                .over(port, baud());
          } finally {
            progress.close();
          }
        });
    double seconds = (clock().nanoTime() - startNanos) * 1e-9;
    print(json, new Outcome(file, result, seconds));
  }

  /** Uses an image unchanged, with its signature, unless the options require a new one. */
  private WeightImage image() throws Refusal, IOException {
    WeightFile network = activation.read(file);
    SigningKey signer = options.signer();
    WeightImage image = network.image();
    if (image == null || options.asksForAnother()) {
      WeightImage made = options.image(network, signer, file, file);
      if (made.engine() == Engine.FIXED) {
        FixedPointReport fixedPoint = FixedPointReport.of(network, file, options.isForced());
        err().println("fixed point: " + fixedPoint.describe());
      }
      return made;
    }
    return signer == null ? image : InputFile.signed(file, image, signer);
  }

  private void announce(WeightImage image, Port port) {
    err()
        .println(
            String.format(
                Locale.ROOT,
                "image %s, %s, %,d bytes, SHA-256 %s, to %s",
                image.version(),
                image.topology(),
                image.bytes().length,
                image.hashText().substring(0, 8),
                port));
  }

  private record Outcome(Path file, DeploymentResult result, double seconds) implements Report {
    @Override
    public void print(PrintWriter out) {
      TruthReading truth = result.truth();
      if (truth != null) {
        TruthTableText.print(out, truth);
      }
      if (truth != null && isNewLesson(truth)) {
        out.println(
            "lesson "
                + NamedTruth.describe(truth.expected())
                + " from now on, before: "
                + result.before());
      }
      out.println(
          (result.isConfirmed() ? "confirmed: " : "on trial: ")
              + result.image().version()
              + (result.wasThere()
                  ? " answered before"
                  : result.truth() == null ? " runs" : " answers")
              + String.format(Locale.ROOT, ", %.1f s", seconds));
    }

    private boolean isNewLesson(TruthReading truth) {
      return !result.before().isEmpty() && !truth.expected().toString().equals(result.before());
    }

    @Override
    public JsonObject json() {
      WeightImage image = result.image();
      return new JsonObject()
          .put("file", file)
          .put("version", image.version())
          .put("hash", image.hashText())
          .put("signed", image.isSigned())
          .put("bytes", image.bytes().length)
          .put("wasThere", result.wasThere())
          .put("confirmed", result.isConfirmed())
          .put("truthTable", result.truth() == null ? null : TruthTableText.json(result.truth()))
          .put("seconds", Math.round(seconds * 1000) / 1000.0);
    }
  }
}
