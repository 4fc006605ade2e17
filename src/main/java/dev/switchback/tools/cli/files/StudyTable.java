package dev.switchback.tools.cli.files;

import dev.switchback.core.Engine;
import dev.switchback.core.nn.NamedRecipe;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.tools.cli.JsonObject;
import dev.switchback.tools.cli.Report;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** The figures of one or more studies, as text and as JSON. */
record StudyTable(
    TruthTable truth, NamedRecipe recipe, Engine engine, long firstSeed, List<Study.Figures> rows)
    implements Report {

  /** Standard normal quantile of a two-sided interval of 95 %. */
  private static final double Z95 = 1.959964;

  @Override
  public void print(PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "truth %s, recipe %s, %s, seeds from %d%n",
        truth,
        recipe.label(),
        engine.label(),
        firstSeed);
    if (rows.getFirst().checkpoints().isEmpty()) {
      printEpochs(out);
    } else {
      rows.forEach(row -> printCheckpoints(out, row));
    }
  }

  private void printEpochs(PrintWriter out) {
    out.println("topology       runs   unsolved  epochs: median     p99     max  restarts: max");
    for (Study.Figures row : rows) {
      out.printf(
          Locale.ROOT,
          "%-8s %,10d %10d %15d %7d %7d %14d%n",
          row.topology(),
          row.runs(),
          row.unsolved(),
          row.median(),
          row.p99(),
          row.max(),
          row.maxRestarts());
    }
  }

  private static void printCheckpoints(PrintWriter out, Study.Figures row) {
    out.printf(Locale.ROOT, "topology %s, %,d runs%n", row.topology(), row.runs());
    out.println("after epochs      solved    share    95 % interval");
    for (Study.Checkpoint checkpoint : row.checkpoints()) {
      double[] interval = interval(checkpoint.right(), row.runs());
      out.printf(
          Locale.ROOT,
          "%,12d  %,10d  %5.1f %%  %5.1f to %5.1f %%%n",
          checkpoint.epochs(),
          checkpoint.right(),
          100.0 * checkpoint.right() / Math.max(1, row.runs()),
          100.0 * interval[0],
          100.0 * interval[1]);
    }
    out.printf(Locale.ROOT, "median loss of the solved: %.5f%n", row.medianLoss());
  }

  /** Wilson's score interval of a share. E. B. Wilson, JASA 22 (1927). */
  static double[] interval(int successes, int runs) {
    if (runs == 0) {
      return new double[] {0, 1};
    }
    double share = (double) successes / runs;
    double z2 = Z95 * Z95 / runs;
    double middle = (share + z2 / 2) / (1 + z2);
    double half = Z95 * Math.sqrt(share * (1 - share) / runs + z2 / (4.0 * runs)) / (1 + z2);
    return new double[] {successes == 0 ? 0 : middle - half, successes == runs ? 1 : middle + half};
  }

  /** Returns the common fields, the first study's figures, and all studies in {@code studies}. */
  @Override
  public JsonObject json() {
    return new JsonObject()
        .put("truth", truth)
        .put("recipe", recipe.label())
        .put("engine", engine.label())
        .put("seed", firstSeed)
        .putAll(json(rows.getFirst()))
        .put("studies", rows.stream().map(StudyTable::json).toList());
  }

  private static JsonObject json(Study.Figures row) {
    return new JsonObject()
        .put("topology", row.topology())
        .put("runs", row.runs())
        .put("unsolved", row.unsolved())
        .put("median", row.median())
        .put("p99", row.p99())
        .put("max", row.max())
        .put("maxRestarts", row.maxRestarts())
        .put("medianLoss", Double.isNaN(row.medianLoss()) ? null : row.medianLoss())
        .put("solvedAfter", row.checkpoints().stream().map(StudyTable::json).toList());
  }

  private static JsonObject json(Study.Checkpoint checkpoint) {
    return new JsonObject().put("epochs", checkpoint.epochs()).put("solved", checkpoint.right());
  }
}
