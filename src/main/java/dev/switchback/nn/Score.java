package dev.switchback.nn;

/** What a pass over the samples found: loss, worst error, right answers. Not thread-safe. */
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

  /** Counts one sample in. A NaN output is the worst error there is. */
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

  public float worstError() {
    return worstError;
  }

  public boolean answersAll() {
    return answersAll;
  }
}
