package dev.switchback.core.nn;

import org.jspecify.annotations.Nullable;

/**
 * Training as a duty cycle: one epoch per {@link #step()}, restarted from a seeded stream when an
 * attempt gets stuck, so that it always ends. One thread; steps allocate nothing.
 *
 * <p>Attempts follow each other from one stream: the same recipe, truth table and seed give the
 * same parameters bit for bit.
 *
 * <p>An attempt whose numbers overflow, in outputs or parameters, never solves anything: it is
 * given up, and where the schedule has no second attempt training ends.
 */
public class Trainer {
  /** From here on an attempt may reach parameters that are no numbers and yet give outputs. */
  private static final double RUNAWAY_LOSS = 1e6;

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
  private boolean ranAway;
  private boolean finished;
  private boolean overflowed;
  private boolean solved;

  /**
   * A training that has not begun.
   *
   * @param first parameters to begin with; should that get stuck, the next start is the seed's
   *     first; null begins with that, drawn by {@code recipe.start()}
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
    ranAway = !scratch.isFinite();
    measure();
    plateauLoss = learner.loss();
  }

  /**
   * Trains one epoch, or finds that training is over.
   *
   * @return whether there is more to do
   */
  public boolean step() {
    if (finished) {
      return false;
    }
    if (isWithinMargin() || epochs == schedule.maxEpochs() || isBeyondHelp()) {
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

  /** What is infinite or NaN stays so for the rest of an attempt. */
  private boolean isBeyondHelp() {
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
    if (loss < bestLoss && (!ranAway || learner.isFinite())) {
      bestLoss = loss;
      learner.copyTo(best);
    }
    ranAway |= !(loss < RUNAWAY_LOSS);
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

  /** Ends training here, if it has not ended: the result is the best seen so far. */
  public void stop() {
    if (!finished) {
      if (hasResult()) {
        learner.start(best);
        learner.measure();
      }
      finish();
    }
  }

  /** Whether the present parameters are finite, and their outputs too. */
  public boolean isFinite() {
    return hasFiniteLoss() && learner.isFinite();
  }

  public boolean isFinished() {
    return finished;
  }

  /** Whether the margin was reached, or, without a margin, every answer was right at the end. */
  public boolean isSolved() {
    return solved;
  }

  /** Whether training ended with outputs or parameters that are infinite or NaN. */
  public boolean hasOverflowed() {
    return overflowed;
  }

  /**
   * Whether any parameters seen were finite, and their outputs too: only then is there a result.
   */
  public boolean hasResult() {
    return bestLoss < Double.POSITIVE_INFINITY;
  }

  public Recipe recipe() {
    return recipe;
  }

  /** Updates so far, over all attempts. */
  public int epochs() {
    return epochs;
  }

  /** Updates of the attempt at hand. */
  public int attemptEpochs() {
    return attemptEpochs;
  }

  /** When an attempt is given up at the latest. */
  public int attemptLimit() {
    return Math.min(schedule.attemptEpochs(), schedule.maxEpochs());
  }

  public int restarts() {
    return restarts;
  }

  /** Mean loss of the present parameters; see {@link Loss}. */
  public double loss() {
    return learner.loss();
  }

  /** Mean loss of {@link #result()}; when finished. */
  public double resultLoss() {
    return bestLoss;
  }

  /** A copy of the present parameters, for looking on. */
  public Parameters current() {
    return learner.parameters();
  }

  /**
   * A copy of the parameters to use when finished: those that solved the task; else with a margin,
   * when stopped, or when the last overflowed, those of the lowest loss seen; else the last.
   * Finite, if {@link #hasResult}.
   */
  public Parameters result() {
    return best.copy();
  }
}
