package dev.switchback.tools.cli.files;

import dev.switchback.core.LossText;
import dev.switchback.core.TrainingSession;
import dev.switchback.core.nn.NamedRecipe;
import dev.switchback.lesson.TrainingAdvice;
import dev.switchback.tools.cli.JsonObject;
import dev.switchback.tools.cli.Report;
import dev.switchback.tools.plot.TrainingLog;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Result of a training.
 *
 * @param init file of the initial weights; null if they came from the seed
 * @param written output files, the weights first
 * @param isComplete false if a signal ended the training early
 * @param losses one sentence for each loss of information in the file with weights
 */
record TrainReport(
    NamedRecipe recipe,
    @Nullable Path init,
    TrainRun run,
    List<Path> written,
    boolean isComplete,
    List<String> losses)
    implements Report {
  private TrainingSession session() {
    return run.session();
  }

  private AnswerTable answers() {
    return new AnswerTable(session().result(), session().engine());
  }

  @Override
  public void print(PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%s after %d epochs and %d restarts (%s), loss %s%n",
        session().isSolved() ? "solved" : "not solved",
        session().epochs(),
        session().restarts(),
        init == null ? "seed " + session().seed() : "from " + init,
        LossText.of(session().resultLoss()));
    answers().print(out);
    List<Path> pictures =
        written.stream().filter(file -> file.toString().endsWith(".svg")).toList();
    for (Path file : written.subList(0, written.size() - pictures.size())) {
      out.println("written: " + file);
    }
    if (!pictures.isEmpty()) {
      out.printf("written: %d pictures, %s%n", pictures.size(), pictures.getLast());
    }
  }

  /** Prints warnings about an incomplete or unsolved training, and about what was not kept. */
  void warn(PrintWriter err) {
    losses.forEach(loss -> err.println("switchback: " + loss));
    if (!isComplete) {
      err.printf(
          Locale.ROOT,
          "switchback: stopped after epoch %d; the best weights so far, loss %s, are in %s%n",
          session().epochs(),
          LossText.of(session().resultLoss()),
          written.getFirst());
    } else if (!session().isSolved()) {
      err.println("switchback: warning: " + TrainingAdvice.of(session()));
    }
    if (isComplete && session().hasOverflowed()) {
      err.printf(
          Locale.ROOT,
          "switchback: the best weights before the overflow, loss %s, are in %s%n",
          LossText.of(session().resultLoss()),
          written.getFirst());
    }
  }

  @Override
  public JsonObject json() {
    return new JsonObject()
        .put("recipe", recipe.label())
        .put("seed", session().seed())
        .put("init", init)
        .put("truth", session().truth())
        .put("solved", session().isSolved())
        .put("overflowed", session().hasOverflowed())
        .put("stopped", !isComplete)
        .put("epochs", session().epochs())
        .put("restarts", session().restarts())
        .put("loss", session().resultLoss())
        .put("out", written.getFirst())
        .put("written", written)
        .put("warnings", losses)
        .put("log", run.log().rows().stream().map(TrainReport::json).toList())
        .putAll(answers().json());
  }

  private static JsonObject json(TrainingLog.Row row) {
    return new JsonObject()
        .put("epoch", row.epoch())
        .put("loss", row.loss())
        .put("restarts", row.restarts())
        .put("outputs", row.outputs());
  }
}
