package dev.switchback.tools.cli.line;

import dev.switchback.ProgressLine;
import dev.switchback.core.LossCurve;
import dev.switchback.core.LossText;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.tools.cli.JsonObject;
import dev.switchback.tools.cli.Report;
import dev.switchback.tools.client.DeviceClient;
import dev.switchback.tools.client.LaptopException;
import dev.switchback.tools.client.TrainingReading;
import dev.switchback.tools.client.TruthReading;
import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A command that lets a device learn: shows the progress of the training and the truth table. */
abstract class LearnCommand extends DeviceCommand {
  private static final long POLL_NANOS = 100_000_000;

  /** Maximum points of one reply; a full reply may have more to follow. */
  private static final int FULL_PIECE = 128;

  /** Far more replies than a device has points for. */
  private static final int MAX_PIECES = 64;

  /** Maximum time without a new point: epochs take up to seconds, and later points are sparse. */
  private static final long MAX_SILENCE_NANOS = 600_000_000_000L;

  @Option(names = "--json", description = "Print the result as one JSON object.")
  private boolean json;

  /**
   * A finished training.
   *
   * @param text how it ended
   * @param last point of the loss curve; epoch 0 if there was none
   */
  private record Outcome(String text, LossCurve.Point last, TruthReading truth) implements Report {
    @Override
    public void print(PrintWriter out) {
      out.println(text);
      TruthTableText.print(out, truth);
    }

    @Override
    public JsonObject json() {
      return new JsonObject()
          .put("text", text)
          .put("epochs", last.epoch())
          .put("loss", Double.isFinite(last.loss()) ? (float) last.loss() : null)
          .put("truthTable", TruthTableText.json(truth));
    }
  }

  @Override
  protected final void run() throws Exception {
    print(json, ask(this::learn));
  }

  /**
   * Lets the device begin.
   *
   * @return what is to be learnt; null if that is what the device answers
   */
  abstract @Nullable TruthTable begin(DeviceClient device) throws LaptopException;

  private Outcome learn(DeviceClient device) throws LaptopException {
    TrainingReading reading = device.curve(0);
    for (int pieces = 0; isFull(reading); pieces++) {
      requireEnd(pieces);
      reading = device.curve(reading.piece().cursor());
    }
    TruthTable wanted = begin(device);
    ProgressLine progress = new ProgressLine(err());
    LossCurve.Point last = new LossCurve.Point(0, Double.NaN);
    long newNanos = clock().nanoTime();
    int piecesBehind = 0;
    do {
      reading = device.curve(reading.piece().cursor());
      if (!reading.piece().points().isEmpty()) {
        last = reading.piece().points().getLast();
        newNanos = clock().nanoTime();
      }
      String text = text(last);
      progress.update(() -> text);
      if (reading.isRunning()) {
        requireProgress(clock().nanoTime() - newNanos);
        clock().await(POLL_NANOS);
      } else {
        requireEnd(piecesBehind++);
      }
    } while (reading.isRunning() || isFull(reading));
    progress.close();
    return new Outcome(reading.text(), last, right(device.truth(), wanted, reading));
  }

  private static void requireEnd(int pieces) throws LaptopException {
    if (pieces > MAX_PIECES) {
      throw new LaptopException(
          LaptopException.Kind.PROTOCOL, "the loss curve of the device has no end");
    }
  }

  private static void requireProgress(long nanos) throws LaptopException {
    if (nanos > MAX_SILENCE_NANOS) {
      throw new LaptopException(
          LaptopException.Kind.PROTOCOL,
          "the device reports that it is training, but made no progress in "
              + MAX_SILENCE_NANOS / 60_000_000_000L
              + " minutes; see switchback status");
    }
  }

  private static boolean isFull(TrainingReading reading) {
    return reading.piece().points().size() >= FULL_PIECE;
  }

  private static TruthReading right(
      TruthReading truth, @Nullable TruthTable wanted, TrainingReading last)
      throws LaptopException {
    if (wanted != null && !wanted.equals(truth.expected())) {
      throw new LaptopException(
          LaptopException.Kind.REFUSED,
          "%s was not learnt: %s; the device answers %s as before"
              .formatted(wanted, last.text(), truth.answers()));
    }
    if (!truth.isRight()) {
      throw new LaptopException(
          LaptopException.Kind.REFUSED,
          "%s; the device answers %s and should answer %s"
              .formatted(last.text(), truth.answers(), truth.expected()));
    }
    return truth;
  }

  private static String text(LossCurve.Point last) {
    return Double.isNaN(last.loss())
        ? "training"
        : String.format(
            Locale.ROOT, "training: epoch %,d, loss %s", last.epoch(), LossText.of(last.loss()));
  }
}
