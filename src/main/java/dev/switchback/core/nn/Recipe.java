package dev.switchback.core.nn;

/**
 * How to train: everything but the seed and the truth table.
 *
 * @param name as people call it
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
     * {@code (f(p + step) - f(p - step)) / (2 step)} for every parameter, all others at their old
     * values. Full batch only.
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
   * When training ends, and when it starts afresh.
   *
   * @param maxEpochs cap over all attempts
   * @param margin solved when every {@code |output - target|} is below it; 0 trains all epochs
   * @param attemptEpochs an attempt that is not solved by then is given up; {@code maxEpochs} never
   *     restarts
   * @param plateauEpochs how far back an attempt looks to see whether the loss still falls; 0 never
   * @param plateauFraction given up when the loss fell by less than this fraction in {@code
   *     plateauEpochs}
   */
  public record Schedule(
      int maxEpochs, float margin, int attemptEpochs, int plateauEpochs, float plateauFraction) {

    /** All epochs, one attempt. */
    public static Schedule fixed(int epochs) {
      return new Schedule(epochs, 0f, epochs, 0, 0f);
    }

    /** Whether training starts afresh from an attempt that is stuck. */
    public boolean restarts() {
      return attemptEpochs < maxEpochs || plateauEpochs > 0;
    }

    /** Whether training ends as soon as it solved, before all epochs are done. */
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
   * Multiplications and additions of one epoch, about: three passes of backpropagation, or two
   * forward passes per parameter.
   */
  public long epochOperations(int samples) {
    long pass = (long) topology.parameterCount() * samples;
    return gradient instanceof Gradient.CentralDifferences
        ? 2 * pass * topology.parameterCount()
        : 3 * pass;
  }

  /** The same with another cap over all attempts; what never restarted does not restart. */
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
