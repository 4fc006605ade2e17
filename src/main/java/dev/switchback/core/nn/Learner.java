package dev.switchback.core.nn;

/**
 * One network in training, float or fixed: parameters, optimiser and samples. Driven by {@link
 * Trainer}; one thread. After construction no method but {@link #parameters()} allocates.
 */
public interface Learner {
  Topology topology();

  /** Takes over given parameters as a new start. */
  void start(Parameters parameters);

  /** Measures the present parameters over all samples: {@link #loss()}, {@link #worstError()}. */
  void measure();

  /** Changes the parameters once per epoch or once per sample; only after {@link #measure()}. */
  void update();

  /** Mean loss over the samples at the last {@link #measure()}; see {@link Loss}. */
  double loss();

  /** Largest {@code |output - target|} at the last {@link #measure()}. */
  float worstError();

  /** Whether every sample was answered right, and finite, at the last {@link #measure()}. */
  boolean answersAll();

  /** Whether no present parameter is infinite or NaN: a pass over all of them. */
  default boolean isFinite() {
    return parameters().isFinite();
  }

  /** Copies the present parameters to {@code target}. */
  void copyTo(Parameters target);

  /** A copy of the present parameters. */
  default Parameters parameters() {
    Parameters copy = new Parameters(topology());
    copyTo(copy);
    return copy;
  }
}
