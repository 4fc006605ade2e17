package dev.switchback.core.nn;

/**
 * One network in training, float or fixed: parameters, optimiser and samples. Driven by {@link
 * Trainer}; one thread. After construction no method but {@link #parameters()} allocates.
 */
public abstract class Learner {
  protected final Samples samples;

  /** What the last {@link #measure()} found, which fills it. */
  protected final Score score;

  private final Topology topology;

  protected Learner(Recipe recipe, Samples samples) {
    this.topology = recipe.topology();
    this.samples = samples;
    this.score = new Score(recipe.loss(), topology.activation(topology.layers() - 1));
  }

  /** Takes over given parameters as a new start. */
  public abstract void start(Parameters parameters);

  /** Measures the present parameters over all samples: {@link #loss()}, {@link #worstError()}. */
  public abstract void measure();

  /** Changes the parameters once per epoch or once per sample; only after {@link #measure()}. */
  public abstract void update();

  /** Whether no present parameter is infinite or NaN: a pass over all of them. */
  public abstract boolean isFinite();

  /** Copies the present parameters to {@code target}. */
  public abstract void copyTo(Parameters target);

  /** Mean loss over the samples at the last {@link #measure()}; see {@link Loss}. */
  public double loss() {
    return score.meanLoss();
  }

  /** Largest {@code |output - target|} at the last {@link #measure()}. */
  public float worstError() {
    return score.worstError();
  }

  /** Whether every sample was answered right, and finite, at the last {@link #measure()}. */
  public boolean answersAll() {
    return score.answersAll();
  }

  /** A copy of the present parameters. */
  public Parameters parameters() {
    Parameters copy = new Parameters(topology);
    copyTo(copy);
    return copy;
  }
}
