package dev.switchback.tools.cli.files;

import dev.switchback.ProgressLine;
import dev.switchback.core.LossText;
import dev.switchback.core.TrainingSession;
import dev.switchback.core.nn.Answers;
import dev.switchback.core.nn.Recipe;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.tools.plot.DecisionMap;
import dev.switchback.tools.plot.FormingPicture;
import dev.switchback.tools.plot.TrainingLog;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs a training session and samples it: rows for the training log, frames for the pictures,
 * progress. Skips samples that overflowed. One thread.
 */
final class TrainRun {
  /** Maximum frames; a longer training drops every second one and samples half as often. */
  static final int MAX_FRAMES = 500;

  /** Outputs of more rows do not fit into 80 columns; the log file has them all. */
  private static final int MAX_SHOWN_ROWS = 4;

  /** Points per axis of a frame's map. */
  private static final int FRAME_SIDE = 41;

  private final TrainingSession session;
  private final Recipe.Schedule schedule;
  private final int logEpochs;
  private final int led;
  private int frameEpochs;
  private final List<TrainingLog.Row> rows = new ArrayList<>();
  private final List<FormingPicture.Frame> frames = new ArrayList<>();

  /**
   * Creates a run that has not started.
   *
   * @param logEpochs epochs between log rows; 0 for no log
   * @param frameEpochs epochs between frames; 0 for no frames
   * @param led index of the LED that the frames show
   */
  TrainRun(TrainingSession session, int logEpochs, int frameEpochs, int led) {
    this.session = session;
    this.schedule = session.recipe().schedule();
    this.logEpochs = logEpochs;
    this.frameEpochs = frameEpochs;
    this.led = led;
  }

  /**
   * Trains until the end, or until a stop is requested.
   *
   * @param table receives each log row as it is added; null for none
   * @return false if it was stopped early
   */
  boolean run(ProgressLine progress, BooleanSupplier stop, @Nullable PrintWriter table) {
    boolean stopped = false;
    look(false, progress, table);
    while (!stopped && session.step()) {
      look(false, progress, table);
      progress.update(() -> describe(progress));
      stopped = stop.getAsBoolean();
    }
    look(true, progress, table);
    session.stop();
    progress.close();
    return !stopped;
  }

  private void look(boolean isLast, ProgressLine progress, @Nullable PrintWriter table) {
    int epoch = session.epochs();
    boolean isLogged = !rows.isEmpty() && rows.getLast().epoch() == epoch;
    if (logEpochs > 0 && !isLogged && (isLast || epoch % logEpochs == 0) && session.isFinite()) {
      rows.add(row(epoch));
      if (table != null) {
        progress.close();
        printLastRow(table);
      }
    }
    boolean isDrawn = !frames.isEmpty() && frames.getLast().epoch() == epoch;
    if (frameEpochs > 0 && !isDrawn && (isLast || epoch % frameEpochs == 0) && session.isFinite()) {
      addFrame(epoch);
    }
  }

  private void printLastRow(PrintWriter out) {
    TruthTable truth = session.truth();
    boolean hasOutputs = truth.rows() <= MAX_SHOWN_ROWS && truth.leds() == 1;
    if (rows.size() == 1) {
      StringBuilder names = new StringBuilder("   epoch      loss  restarts");
      for (int position = 0; hasOutputs && position < truth.rows(); position++) {
        names.append(String.format("%8s", TruthTable.levels(position, truth.inputs())));
      }
      out.println(names);
    }
    TrainingLog.Row row = rows.getLast();
    StringBuilder line = new StringBuilder();
    line.append(
        String.format(
            Locale.ROOT, "%8d  %8s  %8d", row.epoch(), LossText.of(row.loss()), row.restarts()));
    if (hasOutputs) {
      row.outputs().forEach(output -> line.append(String.format(Locale.ROOT, "  %6.4f", output)));
    }
    out.println(line);
  }

  private TrainingLog.Row row(int epoch) {
    Answers answers = Answers.of(session.engine().model(session.current()));
    List<Float> shown = new ArrayList<>();
    for (int row = 0; row < answers.rows(); row++) {
      for (int led = 0; led < session.truth().leds(); led++) {
        shown.add(answers.displayedOutput(row, led));
      }
    }
    return new TrainingLog.Row(epoch, session.loss(), session.restarts(), shown);
  }

  private void addFrame(int epoch) {
    if (frames.size() == MAX_FRAMES) {
      for (int k = MAX_FRAMES - 1; k > 0; k -= 2) {
        frames.remove(k);
      }
      frameEpochs *= 2;
    }
    DecisionMap map = DecisionMap.of(session.engine().model(session.current()), FRAME_SIDE, 0, led);
    frames.add(new FormingPicture.Frame(epoch, session.loss(), map));
  }

  private String describe(ProgressLine progress) {
    int epochs = session.epochs();
    String limit = schedule.endsWhenSolved() ? "at most " : "";
    double left = progress.elapsedSeconds() * (schedule.maxEpochs() - epochs) / epochs;
    return String.format(
        Locale.ROOT,
        "epoch %,d of %s%,d, loss %s, %d restarts, %s%.0f s left",
        epochs,
        limit,
        schedule.maxEpochs(),
        LossText.of(session.loss()),
        session.restarts(),
        limit.isEmpty() ? "about " : limit,
        Math.ceil(left));
  }

  TrainingSession session() {
    return session;
  }

  /** Returns the log so far; empty if logging is off. */
  TrainingLog log() {
    return new TrainingLog(session.truth().inputs(), session.truth().leds(), rows);
  }

  /** Returns the index of the LED that the {@link #frames} show. */
  int led() {
    return led;
  }

  List<FormingPicture.Frame> frames() {
    return frames;
  }
}
