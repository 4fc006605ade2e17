package dev.switchback.core.nn;

/**
 * How to train: everything except the seed and the truth table.
 *
 * @param name name for display
 * @param batch whether parameters change once per epoch or after every sample
 * @param gradient where the gradient comes from
 */
public record Recipe(
    String name,
    Topology topology,
    Start start,
    Loss loss,
    Batch batch,
    Gradient gradient,
    UpdateRule update,
    Schedule schedule) {

  /** When parameters change. */
  public enum Batch {
    /** Once per epoch, by the gradient summed over all samples. */
    FULL,
    /** After every sample, in the samples' order. */
    ONLINE
  }

  /** Where the gradient comes from. */
  public sealed interface Gradient {
    /** The backward pass. */
    record Backpropagation() implements Gradient {}

    /**
     * {@code (f(p + step) - f(p - step)) / (2 step)} for every parameter, the others unchanged.
     * Full batch only.
     */
    record CentralDifferences(double step) implements Gradient {
      public CentralDifferences {
        if (!(step > 0.0 && step <= 1.0)) {
          throw new IllegalArgumentException("a difference step is above 0 up to 1, not " + step);
        }
      }
    }
  }

  /**
   * When training ends and when it restarts.
   *
   * @param maxEpochs cap over all attempts
   * @param margin training succeeds when every {@code |output - target|} is below it; 0 trains all
   *     epochs
   * @param attemptEpochs an attempt that has not succeeded by then is abandoned; {@code maxEpochs}
   *     disables this
   * @param plateauEpochs interval at which an attempt compares its loss with the previous one; 0
   *     disables this
   * @param plateauFraction an attempt is abandoned when the loss fell by less than this fraction in
   *     {@code plateauEpochs}
   */
  public record Schedule(
      int maxEpochs, float margin, int attemptEpochs, int plateauEpochs, float plateauFraction) {

    /** Returns a schedule of one attempt that trains all epochs. */
    public static Schedule fixed(int epochs) {
      return new Schedule(epochs, 0f, epochs, 0, 0f);
    }

    /** Returns whether training restarts when an attempt is stuck. */
    public boolean restarts() {
      return attemptEpochs < maxEpochs || plateauEpochs > 0;
    }

    /** Returns whether training ends as soon as it succeeds, before all epochs are done. */
    public boolean endsWhenSolved() {
      return margin > 0f;
    }
  }

  public Recipe {
    loss.requireDefinedFor(topology.activation(topology.layers() - 1));
    if (gradient instanceof Gradient.CentralDifferences && batch == Batch.ONLINE) {
      throw new IllegalArgumentException("central differences need the full batch");
    }
    if (schedule.maxEpochs() < 1) {
      throw new IllegalArgumentException("epochs are 1 or more, not " + schedule.maxEpochs());
    }
  }

  /**
   * Returns the approximate multiply-adds of one epoch: three passes for backpropagation, or two
   * forward passes per parameter for central differences.
   */
  public long epochOperations(int samples) {
    long pass = (long) topology.parameterCount() * samples;
    return gradient instanceof Gradient.CentralDifferences
        ? 2 * pass * topology.parameterCount()
        : 3 * pass;
  }

  /** Returns a copy with another cap over all attempts; a single attempt stays one. */
  public Recipe withMaxEpochs(int maxEpochs) {
    Schedule capped =
        new Schedule(
            maxEpochs,
            schedule.margin(),
            schedule.restarts() ? Math.min(schedule.attemptEpochs(), maxEpochs) : maxEpochs,
            schedule.plateauEpochs(),
            schedule.plateauFraction());
    return new Recipe(name, topology, start, loss, batch, gradient, update, capped);
  }
}
