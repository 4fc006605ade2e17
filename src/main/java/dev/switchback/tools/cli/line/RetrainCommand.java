package dev.switchback.tools.cli.line;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.switchback.ExitCode;
import dev.switchback.ProgressLine;
import dev.switchback.core.LossText;
import dev.switchback.tools.cli.JsonOutput;
import dev.switchback.tools.client.CurvePart;
import dev.switchback.tools.client.DeviceClient;
import dev.switchback.tools.client.LaptopException;
import dev.switchback.tools.client.TruthReading;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code switchback retrain}: has a device train from the next seed. */
@Command(
    name = "retrain",
    description = {
      "Has the device train from the next seed, shows how it goes, and what it answers then.",
      "",
      "Ctrl-C ends the show; the device goes on.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class RetrainCommand implements Callable<Integer> {
  private static final long POLL_NANOS = 100_000_000;

  /** Points that the device tells at once, at most: there may be more. */
  private static final int FULL_PART = 128;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private DeviceOptions options = new DeviceOptions();

  @Option(names = "--json", description = "Print the result as one JSON object.")
  private boolean json;

  /**
   * A training that ended.
   *
   * @param text how it ended, for people
   * @param epochs of the last point, 0 if there was none
   */
  private record Outcome(String text, long epochs, double loss, TruthReading truth) {}

  @Override
  public Integer call() throws Exception {
    Outcome outcome = options.ask(this::train);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      JsonOutput.print(out, fields -> writeTo(fields, outcome));
    } else {
      out.println(outcome.text);
      TruthTableText.print(out, outcome.truth);
    }
    return ExitCode.OK;
  }

  private Outcome train(DeviceClient device) throws LaptopException {
    CurvePart part = device.curve(0);
    while (part.epochs().size() >= FULL_PART) {
      part = device.curve(part.cursor());
    }
    device.train();
    ProgressLine progress = new ProgressLine(spec.commandLine().getErr());
    long epochs = 0;
    double loss = Double.NaN;
    do {
      part = device.curve(part.cursor());
      if (!part.epochs().isEmpty()) {
        epochs = part.epochs().getLast();
        loss = part.losses().getLast();
      }
      String text = text(epochs, loss);
      progress.update(() -> text);
      if (part.isRunning()) {
        options.clock().await(POLL_NANOS);
      }
    } while (part.isRunning() || part.epochs().size() >= FULL_PART);
    progress.close();
    return new Outcome(part.text(), epochs, loss, right(device.truth(), part));
  }

  private static TruthReading right(TruthReading truth, CurvePart last) throws LaptopException {
    if (!truth.isRight()) {
      throw new LaptopException(
          LaptopException.Kind.REFUSED,
          last.text()
              + "; the device answers "
              + truth.answers()
              + " and should answer "
              + truth.expected());
    }
    return truth;
  }

  private static String text(long epochs, double loss) {
    return Double.isNaN(loss)
        ? "training"
        : String.format(Locale.ROOT, "training: epoch %,d, loss %s", epochs, LossText.of(loss));
  }

  private static void writeTo(JsonGenerator json, Outcome outcome) throws IOException {
    json.writeStringField("text", outcome.text);
    json.writeNumberField("epochs", outcome.epochs);
    if (Double.isFinite(outcome.loss)) {
      json.writeNumberField("loss", (float) outcome.loss);
    }
    TruthTableText.writeTo(json, outcome.truth);
  }
}
