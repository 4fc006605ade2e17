package dev.switchback.core.nn;

/**
 * The result of a pass over the samples: loss, worst error, and whether all answers are correct. An
 * output that is not finite counts as wrong. Not thread-safe.
 */
public final class Score {
  private final Loss loss;
  private final Topology topology;
  private final Activation activation;
  private double lossSum;
  private int samples;
  private float worstError;
  private boolean answersAll;

  /**
   * Creates an empty score.
   *
   * @param topology of the outputs
   */
  Score(Loss loss, Topology topology) {
    this.loss = loss;
    this.topology = topology;
    this.activation = topology.activation(topology.layers() - 1);
    reset();
  }

  public void reset() {
    lossSum = 0.0;
    samples = 0;
    worstError = 0f;
    answersAll = true;
  }

  /** Adds one sample. */
  public void add(float[] outputs, float[] targets) {
    lossSum += loss.value(activation, outputs, targets);
    samples++;
    answersAll &= topology.answer(outputs) == topology.answer(targets);
    for (int j = 0; j < outputs.length; j++) {
      worstError = Math.max(worstError, Math.abs(outputs[j] - targets[j]));
    }
  }

  double meanLoss() {
    return lossSum / samples;
  }

  /** Returns the largest {@code |output - target|}; infinite or NaN if an output was. */
  float worstError() {
    return worstError;
  }

  /** Returns whether all answers were correct and all outputs finite. */
  boolean answersAll() {
    return answersAll && worstError < Float.POSITIVE_INFINITY;
  }
}
