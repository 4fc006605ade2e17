package dev.switchback.tools.cli.line;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.switchback.ExitCode;
import dev.switchback.ProgressLine;
import dev.switchback.core.LossCurve;
import dev.switchback.core.LossText;
import dev.switchback.tools.cli.JsonOutput;
import dev.switchback.tools.client.DeviceClient;
import dev.switchback.tools.client.LaptopException;
import dev.switchback.tools.client.TrainingReading;
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
  private static final int FULL_PIECE = 128;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private DeviceOptions options = new DeviceOptions();

  @Option(names = "--json", description = "Print the result as one JSON object.")
  private boolean json;

  /**
   * A training that ended.
   *
   * @param text how it ended, for people
   * @param last point of its curve; epoch 0 if there was none
   */
  private record Outcome(String text, LossCurve.Point last, TruthReading truth) {}

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
    TrainingReading reading = device.curve(0);
    while (isFull(reading)) {
      reading = device.curve(reading.piece().cursor());
    }
    device.train();
    ProgressLine progress = new ProgressLine(spec.commandLine().getErr());
    LossCurve.Point last = new LossCurve.Point(0, Double.NaN);
    do {
      reading = device.curve(reading.piece().cursor());
      if (!reading.piece().points().isEmpty()) {
        last = reading.piece().points().getLast();
      }
      String text = text(last);
      progress.update(() -> text);
      if (reading.isRunning()) {
        options.clock().await(POLL_NANOS);
      }
    } while (reading.isRunning() || isFull(reading));
    progress.close();
    return new Outcome(reading.text(), last, right(device.truth(), reading));
  }

  private static boolean isFull(TrainingReading reading) {
    return reading.piece().points().size() >= FULL_PIECE;
  }

  private static TruthReading right(TruthReading truth, TrainingReading last)
      throws LaptopException {
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

  private static String text(LossCurve.Point last) {
    return Double.isNaN(last.loss())
        ? "training"
        : String.format(
            Locale.ROOT, "training: epoch %,d, loss %s", last.epoch(), LossText.of(last.loss()));
  }

  private static void writeTo(JsonGenerator json, Outcome outcome) throws IOException {
    json.writeStringField("text", outcome.text);
    json.writeNumberField("epochs", outcome.last.epoch());
    if (Double.isFinite(outcome.last.loss())) {
      json.writeNumberField("loss", (float) outcome.last.loss());
    }
    TruthTableText.writeTo(json, outcome.truth);
  }
}
