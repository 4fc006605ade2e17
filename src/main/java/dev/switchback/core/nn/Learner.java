package dev.switchback.core.nn;

/**
 * One network in training, float or fixed: parameters, optimiser and samples. {@link Trainer}
 * drives it. Not thread-safe. After construction only {@link #parameters()} allocates.
 */
public abstract class Learner {
  protected final Samples samples;

  /** The result of the last {@link #measure()}. */
  protected final Score score;

  private final Topology topology;

  protected Learner(Recipe recipe, Samples samples) {
    this.topology = recipe.topology();
    this.samples = samples;
    this.score = new Score(recipe.loss(), topology);
  }

  /** Starts again from a copy of the given parameters. */
  public abstract void start(Parameters parameters);

  /** Updates {@link #loss()} and {@link #worstError()} by a pass over all samples. */
  public abstract void measure();

  /** Trains one epoch: one update per epoch or per sample; call {@link #measure()} first. */
  public abstract void update();

  /** Returns whether every current parameter is finite, by a pass over all of them. */
  public abstract boolean isFinite();

  /** Copies the current parameters to {@code target}. */
  public abstract void copyTo(Parameters target);

  /** Returns the mean loss over the samples at the last {@link #measure()}; see {@link Loss}. */
  public double loss() {
    return score.meanLoss();
  }

  /** Returns the largest {@code |output - target|} at the last {@link #measure()}. */
  public float worstError() {
    return score.worstError();
  }

  /** Returns whether all answers were correct and finite at the last {@link #measure()}. */
  public boolean answersAll() {
    return score.answersAll();
  }

  /** Returns a copy of the current parameters. */
  public Parameters parameters() {
    Parameters copy = new Parameters(topology);
    copyTo(copy);
    return copy;
  }
}
