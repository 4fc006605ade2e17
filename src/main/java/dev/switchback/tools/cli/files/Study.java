package dev.switchback.tools.cli.files;

import dev.switchback.core.TrainingSession;
import dev.switchback.core.nn.Recipe;
import dev.switchback.tools.cli.WholeNumber;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.BooleanSupplier;

/**
 * Trains one recipe from many seeds on all cores and counts the epochs of each run. For recipes
 * with a fixed number of epochs, counts the solved runs at checkpoints. Runs are independent, so
 * the figures do not depend on the number of cores.
 */
final class Study {
  private static final int MAX_RUNS = 100_000_000;
  private static final int MAX_CHUNK = 256;

  /** Maximum number of checkpoints. */
  static final class Runs extends WholeNumber.Limited {
    Runs() {
      super(1, MAX_RUNS);
    }
  }

  private final TrainingSession first;
  private final Recipe recipe;
  private final int runs;
  private final int chunk;
  private final int checkpointEpochs;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger done = new AtomicInteger();
  private final AtomicInteger unsolved = new AtomicInteger();
  private final AtomicInteger maxRestarts = new AtomicInteger();
  private volatile boolean stopped;

  /** Number of solved runs by epochs. */
  private final AtomicIntegerArray solvedByEpochs;

  /** Number of solved runs at each checkpoint, every {@link #checkpointEpochs}. */
  private final AtomicIntegerArray rightAtCheckpoint;

  /** Final loss of each run with a fixed number of epochs; NaN if not solved. */
  private final double[] solvedLosses;

  /**
   * Creates a study; {@code run} starts it.
   *
   * @param first training session of the first seed; used as a template and not run
   * @param checkpointEpochs epochs between checkpoints of a recipe with a fixed number of epochs
   */
  Study(TrainingSession first, int runs, int checkpointEpochs) {
    this.first = first;
    this.recipe = first.recipe();
    int maxEpochs = recipe.schedule().maxEpochs();
    this.runs = runs;
    this.chunk = Math.clamp(100_000 / maxEpochs, 1, MAX_CHUNK);
    this.checkpointEpochs = checkpointEpochs;
    this.solvedByEpochs = new AtomicIntegerArray(maxEpochs + 1);
    this.rightAtCheckpoint = new AtomicIntegerArray(maxEpochs / checkpointEpochs + 1);
    this.solvedLosses = new double[recipe.schedule().endsWhenSolved() ? 0 : runs];
    Arrays.fill(solvedLosses, Double.NaN);
  }

  /** Number of solved runs after a number of epochs. */
  record Checkpoint(int epochs, int right) {}

  /**
   * Results of the finished runs.
   *
   * @param median epochs of the solved runs, likewise p99 and max; 0 if none was solved
   * @param medianLoss median of the final mean loss of the solved runs; NaN if none was solved or
   *     if runs end as soon as they are solved
   * @param checkpoints counts for a recipe with a fixed number of epochs; else empty
   */
  record Figures(
      String topology,
      int runs,
      int unsolved,
      int median,
      int p99,
      int max,
      int maxRestarts,
      double medianLoss,
      List<Checkpoint> checkpoints) {}

  /**
   * Runs all seeds, or until {@code stop} returns true.
   *
   * @param progress called periodically on this thread
   * @param stop polled equally often; true ends the study after the current runs
   */
  Figures run(Runnable progress, BooleanSupplier stop) throws InterruptedException {
    Thread[] workers = new Thread[Runtime.getRuntime().availableProcessors()];
    for (int k = 0; k < workers.length; k++) {
      workers[k] = Thread.ofPlatform().name("study-" + k).daemon().start(this::work);
    }
    for (Thread worker : workers) {
      while (!worker.join(Duration.ofMillis(100))) {
        stopped |= stop.getAsBoolean();
        progress.run();
      }
    }
    return figures();
  }

  private Figures figures() {
    int solved = done.get() - unsolved.get();
    double[] losses = Arrays.stream(solvedLosses).filter(loss -> !Double.isNaN(loss)).toArray();
    Arrays.sort(losses);
    return new Figures(
        recipe.topology().toString(),
        done.get(),
        unsolved.get(),
        quantile(solved, 0.5),
        quantile(solved, 0.99),
        quantile(solved, 1.0),
        maxRestarts.get(),
        losses.length == 0 ? Double.NaN : losses[(losses.length - 1) / 2],
        checkpoints(solved));
  }

  private List<Checkpoint> checkpoints(int solved) {
    List<Checkpoint> checkpoints = new ArrayList<>();
    int maxEpochs = recipe.schedule().maxEpochs();
    if (recipe.schedule().endsWhenSolved()) {
      return checkpoints;
    }
    for (int k = 1; k * checkpointEpochs < maxEpochs; k++) {
      checkpoints.add(new Checkpoint(k * checkpointEpochs, rightAtCheckpoint.get(k)));
    }
    checkpoints.add(new Checkpoint(maxEpochs, solved));
    return checkpoints;
  }

  private void work() {
    TrainingSession session =
        new TrainingSession(recipe, first.truth(), first.engine(), first.seed(), null);
    for (int from = next.getAndAdd(chunk); from < runs; from = next.getAndAdd(chunk)) {
      int to = Math.min(runs, from + chunk);
      for (int run = from; run < to && !stopped; run++) {
        session = session.again(first.seed() + run);
        count(session, run);
        done.incrementAndGet();
      }
    }
  }

  private void count(TrainingSession session, int run) {
    while (session.step()) {
      if (session.epochs() % checkpointEpochs == 0 && session.answersNow()) {
        rightAtCheckpoint.incrementAndGet(session.epochs() / checkpointEpochs);
      }
    }
    if (session.isSolved()) {
      solvedByEpochs.incrementAndGet(session.epochs());
      if (run < solvedLosses.length) {
        solvedLosses[run] = session.resultLoss();
      }
    } else {
      unsolved.incrementAndGet();
    }
    maxRestarts.accumulateAndGet(session.restarts(), Math::max);
  }

  /** Returns the smallest number of epochs within which this share of the solved runs finished. */
  private int quantile(int solved, double share) {
    long wanted = (long) Math.ceil(solved * share);
    long seen = 0;
    for (int epochs = 0; epochs < solvedByEpochs.length(); epochs++) {
      seen += solvedByEpochs.get(epochs);
      if (seen >= wanted && seen > 0) {
        return epochs;
      }
    }
    return 0;
  }

  /** Returns the progress after a number of seconds. Any thread. */
  String progress(double seconds) {
    int ended = done.get();
    return String.format(
        Locale.ROOT,
        "%s: %,d of %,d seeds, %d unsolved, about %.0f s left",
        recipe.topology(),
        ended,
        runs,
        unsolved.get(),
        Math.ceil(seconds * (runs - ended) / Math.max(1, ended)));
  }
}
