package dev.switchback.core.nn;

/**
 * What a pass over the samples found: loss, worst error, right answers. An output that is no finite
 * number is no answer. Not thread-safe.
 */
public final class Score {
  private final Loss loss;
  private final Activation activation;
  private double lossSum;
  private int samples;
  private float worstError;
  private boolean answersAll;

  /**
   * A score of nothing.
   *
   * @param activation of the outputs
   */
  Score(Loss loss, Activation activation) {
    this.loss = loss;
    this.activation = activation;
    reset();
  }

  public void reset() {
    lossSum = 0.0;
    samples = 0;
    worstError = 0f;
    answersAll = true;
  }

  /** Counts one sample in. */
  public void add(float[] outputs, float[] targets) {
    lossSum += loss.value(activation, outputs, targets);
    samples++;
    answersAll &= Model.answer(outputs) == Model.answer(targets);
    for (int j = 0; j < outputs.length; j++) {
      worstError = Math.max(worstError, Math.abs(outputs[j] - targets[j]));
    }
  }

  double meanLoss() {
    return lossSum / samples;
  }

  /** Largest {@code |output - target|}: infinite or NaN if an output was. */
  float worstError() {
    return worstError;
  }

  /** Whether every sample was answered right, by finite outputs. */
  boolean answersAll() {
    return answersAll && worstError < Float.POSITIVE_INFINITY;
  }
}
