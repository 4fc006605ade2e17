package dev.switchback.nn;

/**
 * Training as a duty cycle: one epoch per {@link #step()}, restarted from a seeded stream when an
 * attempt gets stuck, so that it always ends. One thread; steps allocate nothing.
 *
 * <p>Attempts follow each other from one stream: the same recipe, truth table and seed give the
 * same parameters bit for bit.
 */
public final class Trainer {
  private final Learner learner;
  private final Start start;
  private final Recipe.Schedule schedule;
  private final SplitMix random;
  private final Parameters scratch;
  private final Parameters best;
  private double bestLoss = Double.POSITIVE_INFINITY;
  private double plateauLoss;
  private int epochs;
  private int attemptEpochs;
  private int restarts;
  private boolean finished;
  private boolean solved;

  /** Starts from parameters drawn by {@code recipe.start()} from {@code seed}. */
  public Trainer(Recipe recipe, Learner learner, long seed) {
    this.learner = learner;
    this.start = recipe.start();
    this.schedule = recipe.schedule();
    this.random = new SplitMix(seed);
    this.scratch = new Parameters(recipe.topology());
    this.best = new Parameters(recipe.topology());
    begin();
  }

  private void begin() {
    start.draw(random, scratch);
    learner.start(scratch);
    attemptEpochs = 0;
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
    solved = schedule.margin() > 0f && learner.worstError() < schedule.margin();
    if (solved || epochs == schedule.maxEpochs()) {
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

  private boolean isStuck() {
    if (attemptEpochs >= schedule.attemptEpochs()) {
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
    if (schedule.margin() > 0f && learner.loss() < bestLoss) {
      bestLoss = learner.loss();
      learner.copyTo(best);
    }
  }

  private void finish() {
    finished = true;
    if (schedule.margin() == 0f) {
      learner.copyTo(best);
      solved = learner.answersAll();
    } else if (solved) {
      learner.copyTo(best);
    }
  }

  public boolean isFinished() {
    return finished;
  }

  /** Whether the margin was reached, or, without a margin, every answer was right at the end. */
  public boolean isSolved() {
    return solved;
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

  public int maxEpochs() {
    return schedule.maxEpochs();
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
    return solved || schedule.margin() == 0f ? learner.loss() : bestLoss;
  }

  /** Largest {@code |output - target|} of the present parameters. */
  public float worstError() {
    return learner.worstError();
  }

  /** A copy of the present parameters, for looking on. */
  public Parameters current() {
    return learner.parameters();
  }

  /**
   * A copy of the parameters to use when finished: those that solved the task, else with a margin
   * those of the lowest loss seen, without one the last.
   */
  public Parameters result() {
    return best.copy();
  }
}
