package dev.switchback.core.nn;

/**
 * What a pass over the samples found: loss, worst error, right answers. An output that is no finite
 * number is no answer. Not thread-safe.
 */
public final class Score {
  private double lossSum;
  private int samples;
  private float worstError;
  private boolean answersAll;

  public void reset() {
    lossSum = 0.0;
    samples = 0;
    worstError = 0f;
    answersAll = true;
  }

  /** Counts one sample in. */
  public void add(Loss loss, Activation activation, float[] outputs, float[] targets) {
    lossSum += loss.value(activation, outputs, targets);
    samples++;
    answersAll &= Model.answer(outputs) == Model.answer(targets);
    for (int j = 0; j < outputs.length; j++) {
      worstError = Math.max(worstError, Math.abs(outputs[j] - targets[j]));
    }
  }

  public double meanLoss() {
    return lossSum / samples;
  }

  /** Largest {@code |output - target|}: infinite or NaN if an output was. */
  public float worstError() {
    return worstError;
  }

  /** Whether every sample was answered right, by finite outputs. */
  public boolean answersAll() {
    return answersAll && worstError < Float.POSITIVE_INFINITY;
  }
}
