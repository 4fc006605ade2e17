package dev.switchback.core.nn;

import org.jspecify.annotations.Nullable;

/**
 * Training in steps of one epoch. It restarts from a seeded stream when an attempt gets stuck, and
 * the cap on epochs always ends it. Not thread-safe; steps allocate nothing.
 *
 * <p>All attempts draw from one stream, so the same recipe, truth table and seed give the same
 * parameters bit for bit.
 *
 * <p>An attempt whose outputs or parameters overflow is abandoned; if the schedule allows no
 * restart, training ends.
 */
public class Trainer {
  /** Above it, parameters may be infinite or NaN while the outputs are still finite. */
  private static final double DIVERGED_LOSS = 1e6;

  private final Recipe recipe;
  private final Recipe.Schedule schedule;
  private final Learner learner;
  private final SplitMix random;
  private final Parameters scratch;
  private final Parameters best;
  private double bestLoss = Double.POSITIVE_INFINITY;
  private double plateauLoss;
  private int epochs;
  private int attemptEpochs;
  private int restarts;
  private boolean diverged;
  private boolean finished;
  private boolean overflowed;
  private boolean solved;

  /**
   * Creates a training at its start.
   *
   * @param first parameters to start from; if that attempt gets stuck, the next one starts from the
   *     seed's first draw by {@code recipe.start()}; null starts from that draw
   */
  public Trainer(Recipe recipe, Learner learner, long seed, @Nullable Parameters first) {
    this.recipe = recipe;
    this.schedule = recipe.schedule();
    this.learner = learner;
    this.random = new SplitMix(seed);
    this.scratch = new Parameters(recipe.topology());
    this.best = new Parameters(recipe.topology());
    if (first == null) {
      begin();
    } else {
      scratch.copyFrom(first);
      beginAtScratch();
    }
  }

  private void begin() {
    recipe.start().draw(random, scratch);
    beginAtScratch();
  }

  private void beginAtScratch() {
    learner.start(scratch);
    attemptEpochs = 0;
    diverged = !scratch.isFinite();
    measure();
    plateauLoss = learner.loss();
  }

  /**
   * Trains one epoch, or ends the training.
   *
   * @return whether an epoch was trained
   */
  public boolean step() {
    if (finished) {
      return false;
    }
    if (isWithinMargin() || epochs == schedule.maxEpochs() || cannotRecover()) {
      finish();
      return false;
    }
    if (isStuck()) {
      restarts++;
      begin();
    }
    learner.update();
    epochs++;
    attemptEpochs++;
    measure();
    return true;
  }

  private void measure() {
    learner.measure();
    keepBest();
  }

  private boolean hasFiniteLoss() {
    return learner.loss() < Double.POSITIVE_INFINITY;
  }

  /** Infinities and NaN persist until a restart. */
  private boolean cannotRecover() {
    return !hasFiniteLoss() && !schedule.restarts();
  }

  private boolean isStuck() {
    if (attemptEpochs >= schedule.attemptEpochs() || !hasFiniteLoss()) {
      return true;
    }
    if (schedule.plateauEpochs() == 0
        || attemptEpochs == 0
        || attemptEpochs % schedule.plateauEpochs() != 0) {
      return false;
    }
    boolean fell = learner.loss() <= plateauLoss * (1.0 - schedule.plateauFraction());
    plateauLoss = learner.loss();
    return !fell;
  }

  private void keepBest() {
    double loss = learner.loss();
    if (loss < bestLoss && (!diverged || learner.isFinite())) {
      bestLoss = loss;
      learner.copyTo(best);
    }
    diverged |= !(loss < DIVERGED_LOSS);
  }

  private boolean isWithinMargin() {
    return schedule.endsWhenSolved() && learner.worstError() < schedule.margin();
  }

  private void finish() {
    finished = true;
    overflowed = !isFinite();
    solved = !overflowed && (schedule.endsWhenSolved() ? isWithinMargin() : learner.answersAll());
    if (solved || (!overflowed && !schedule.endsWhenSolved())) {
      learner.copyTo(best);
      bestLoss = learner.loss();
    }
    if (!best.isFinite()) {
      bestLoss = Double.POSITIVE_INFINITY;
    }
  }

  /** Ends training now, with the best parameters so far as the result; idempotent. */
  public void stop() {
    if (!finished) {
      if (hasResult()) {
        learner.start(best);
        learner.measure();
      }
      finish();
    }
  }

  /** Returns whether the current parameters and their outputs are finite. */
  public boolean isFinite() {
    return hasFiniteLoss() && learner.isFinite();
  }

  public boolean isFinished() {
    return finished;
  }

  /** Returns whether the margin was reached or, without a margin, all final answers are correct. */
  public boolean isSolved() {
    return solved;
  }

  /** Returns whether training ended with infinite or NaN outputs or parameters. */
  public boolean hasOverflowed() {
    return overflowed;
  }

  /** Returns whether there is a result: parameters that were finite, with finite outputs. */
  public boolean hasResult() {
    return bestLoss < Double.POSITIVE_INFINITY;
  }

  public Recipe recipe() {
    return recipe;
  }

  /** Returns the epochs trained so far, over all attempts. */
  public int epochs() {
    return epochs;
  }

  /** Returns the epochs of the current attempt. */
  public int attemptEpochs() {
    return attemptEpochs;
  }

  /** Returns the most epochs that one attempt may train. */
  public int attemptLimit() {
    return Math.min(schedule.attemptEpochs(), schedule.maxEpochs());
  }

  public int restarts() {
    return restarts;
  }

  /** Returns the mean loss of the current parameters; see {@link Loss}. */
  public double loss() {
    return learner.loss();
  }

  /** Returns the mean loss of {@link #result()}, once finished. */
  public double resultLoss() {
    return bestLoss;
  }

  /** Returns a copy of the current parameters, to observe a running training. */
  public Parameters current() {
    return learner.parameters();
  }

  /**
   * Returns a copy of the resulting parameters, once finished: those that solved the task; else,
   * with a margin, after {@link #stop} or after an overflow, those with the lowest loss; else the
   * last. They are finite if {@link #hasResult}.
   */
  public Parameters result() {
    return best.copy();
  }
}
