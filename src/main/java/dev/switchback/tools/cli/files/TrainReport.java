package dev.switchback.tools.cli.files;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.switchback.core.Engine;
import dev.switchback.core.LossText;
import dev.switchback.core.TrainingSession;
import dev.switchback.core.nn.NamedRecipe;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.format.ImageMetadata;
import dev.switchback.tools.cli.JsonOutput;
import dev.switchback.tools.plot.TrainingLog;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** What the train command tells of a training, to people and to scripts. */
final class TrainReport {
  private final CommandLine command;
  private final TruthTable truth;
  private final NamedRecipe recipe;
  private final Engine engine;
  private final long seed;
  private final @Nullable Path init;
  private boolean hasHeading;

  TrainReport(
      CommandLine command,
      TruthTable truth,
      NamedRecipe recipe,
      Engine engine,
      long seed,
      @Nullable Path init) {
    this.command = command;
    this.truth = truth;
    this.recipe = recipe;
    this.engine = engine;
    this.seed = seed;
    this.init = init;
  }

  /** Where the weights come from, for their file. */
  Map<String, String> metadata() {
    Map<String, String> metadata = new TreeMap<>();
    metadata.put(ImageMetadata.ENGINE, engine.label());
    metadata.put(ImageMetadata.RECIPE, recipe.label());
    metadata.put(ImageMetadata.SEED, Long.toString(seed));
    metadata.put(ImageMetadata.TRUTH, truth.toString());
    if (init != null) {
      metadata.put("init", String.valueOf(init.getFileName()));
    }
    return metadata;
  }

  /** One row of the log, as it comes. */
  void printRow(TrainingLog.Row row) {
    PrintWriter out = command.getOut();
    if (!hasHeading) {
      hasHeading = true;
      StringBuilder names = new StringBuilder("   epoch      loss  restarts");
      for (int position = 0; position < truth.rows(); position++) {
        names.append(String.format("%8s", TruthTable.levels(position, truth.inputs())));
      }
      out.println(names);
    }
    StringBuilder line = new StringBuilder();
    line.append(
        String.format(
            Locale.ROOT, "%8d  %8s  %8d", row.epoch(), LossText.of(row.loss()), row.restarts()));
    row.outputs().forEach(output -> line.append(String.format(Locale.ROOT, "  %6.4f", output)));
    out.println(line);
  }

  /**
   * The result.
   *
   * @param complete false if a signal ended the training before its time
   */
  void print(
      TrainingSession session, TrainingLog log, List<Path> written, boolean complete, boolean json)
      throws IOException {
    AnswerTable answers = new AnswerTable(session.result(), engine);
    if (json) {
      JsonOutput.print(
          command.getOut(), fields -> writeTo(fields, session, answers, log, written, complete));
    } else {
      print(session, answers, written);
    }
    PrintWriter err = command.getErr();
    if (!complete) {
      err.printf(
          Locale.ROOT,
          "switchback: stopped after epoch %d; the best weights so far, loss %s, are in %s%n",
          session.epochs(),
          LossText.of(session.resultLoss()),
          written.getFirst());
    } else if (session.hasOverflowed()) {
      err.printf(
          Locale.ROOT,
          "switchback: warning: %s%nswitchback: the best weights before, loss %s, are in %s%n",
          recipe.overflowAdvice(session.recipe().topology()),
          LossText.of(session.resultLoss()),
          written.getFirst());
    } else if (!session.isSolved()) {
      err.println("switchback: warning: " + recipe.advice(session.recipe().topology()));
    }
  }

  private void print(TrainingSession session, AnswerTable answers, List<Path> written) {
    PrintWriter out = command.getOut();
    out.printf(
        Locale.ROOT,
        "%s after %d epochs and %d restarts (%s), loss %s%n",
        session.isSolved() ? "solved" : "not solved",
        session.epochs(),
        session.restarts(),
        init == null ? "seed " + seed : "from " + init,
        LossText.of(session.resultLoss()));
    answers.print(out);
    List<Path> pictures =
        written.stream().filter(file -> file.toString().endsWith(".svg")).toList();
    for (Path file : written.subList(0, written.size() - pictures.size())) {
      out.println("written: " + file);
    }
    if (!pictures.isEmpty()) {
      out.printf("written: %d pictures, %s%n", pictures.size(), pictures.getLast());
    }
  }

  private void writeTo(
      JsonGenerator json,
      TrainingSession session,
      AnswerTable answers,
      TrainingLog log,
      List<Path> written,
      boolean complete)
      throws IOException {
    json.writeStringField("recipe", recipe.label());
    json.writeNumberField("seed", seed);
    if (init != null) {
      json.writeStringField("init", init.toString());
    }
    json.writeStringField("truth", truth.toString());
    json.writeBooleanField("solved", session.isSolved());
    json.writeBooleanField("overflowed", session.hasOverflowed());
    json.writeBooleanField("stopped", !complete);
    json.writeNumberField("epochs", session.epochs());
    json.writeNumberField("restarts", session.restarts());
    json.writeNumberField("loss", session.resultLoss());
    json.writeStringField("out", written.getFirst().toString());
    json.writeArrayFieldStart("written");
    for (Path file : written) {
      json.writeString(file.toString());
    }
    json.writeEndArray();
    writeLog(json, log);
    answers.writeTo(json);
  }

  private static void writeLog(JsonGenerator json, TrainingLog log) throws IOException {
    json.writeArrayFieldStart("log");
    for (TrainingLog.Row row : log.rows()) {
      json.writeStartObject();
      json.writeNumberField("epoch", row.epoch());
      json.writeNumberField("loss", row.loss());
      json.writeNumberField("restarts", row.restarts());
      json.writeArrayFieldStart("outputs");
      for (float output : row.outputs()) {
        json.writeNumber(output);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
