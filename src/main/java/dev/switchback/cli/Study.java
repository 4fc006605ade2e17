package dev.switchback.cli;

import dev.switchback.nn.Learner;
import dev.switchback.nn.Recipe;
import dev.switchback.nn.Samples;
import dev.switchback.nn.Trainer;
import dev.switchback.nn.TruthTable;
import dev.switchback.nn.fixed.Engine;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Trains one recipe from many seeds, on all cores, and counts the epochs each took. Runs are
 * independent, so the figures do not depend on the number of cores.
 */
final class Study {
  private static final int CHUNK = 256;

  private final Recipe recipe;
  private final TruthTable truth;
  private final Engine engine;
  private final long firstSeed;
  private final int runs;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger done = new AtomicInteger();
  private final AtomicInteger unsolved = new AtomicInteger();
  private final AtomicInteger maxRestarts = new AtomicInteger();

  /** Solved runs by the epochs they took. */
  private final AtomicIntegerArray solvedByEpochs;

  Study(Recipe recipe, TruthTable truth, Engine engine, long firstSeed, int runs) {
    this.recipe = recipe;
    this.truth = truth;
    this.engine = engine;
    this.firstSeed = firstSeed;
    this.runs = runs;
    this.solvedByEpochs = new AtomicIntegerArray(recipe.schedule().maxEpochs() + 1);
  }

  /**
   * The outcome.
   *
   * @param median epochs of the solved runs, likewise p99 and max; 0 if none was solved
   */
  record Figures(
      String topology, int runs, int unsolved, int median, int p99, int max, int maxRestarts) {}

  /** Runs all; {@code progress} is called now and then on this thread. */
  Figures run(Runnable progress) throws InterruptedException {
    Thread[] workers = new Thread[Runtime.getRuntime().availableProcessors()];
    for (int k = 0; k < workers.length; k++) {
      workers[k] = Thread.ofPlatform().name("study-" + k).daemon().start(this::work);
    }
    for (Thread worker : workers) {
      while (!worker.join(Duration.ofMillis(100))) {
        progress.run();
      }
    }
    int solved = runs - unsolved.get();
    return new Figures(
        recipe.topology().toString(),
        runs,
        unsolved.get(),
        quantile(solved, 0.5),
        quantile(solved, 0.99),
        quantile(solved, 1.0),
        maxRestarts.get());
  }

  private void work() {
    Learner learner = engine.learner(recipe, Samples.of(truth, recipe.topology()));
    for (int from = next.getAndAdd(CHUNK); from < runs; from = next.getAndAdd(CHUNK)) {
      int to = Math.min(runs, from + CHUNK);
      for (int run = from; run < to; run++) {
        count(learner, firstSeed + run);
      }
      done.addAndGet(to - from);
    }
  }

  private void count(Learner learner, long seed) {
    Trainer trainer = new Trainer(recipe, learner, seed);
    while (trainer.step()) {}
    if (trainer.isSolved()) {
      solvedByEpochs.incrementAndGet(trainer.epochs());
    } else {
      unsolved.incrementAndGet();
    }
    maxRestarts.accumulateAndGet(trainer.restarts(), Math::max);
  }

  /** The smallest number of epochs within which this share of the solved runs was solved. */
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

  /** Finished runs so far; any thread. */
  int done() {
    return done.get();
  }

  int unsolved() {
    return unsolved.get();
  }
}
