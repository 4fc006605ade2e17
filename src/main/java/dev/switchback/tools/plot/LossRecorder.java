package dev.switchback.tools.plot;

import java.util.Arrays;

/**
 * Takes one loss per epoch for as long as a training lasts in a fixed amount of memory: whenever
 * that is full, each two neighbouring points become their mean. One thread.
 */
public final class LossRecorder {
  /** Most points of a history; a terminal shows fewer. */
  static final int CAPACITY = 512;

  private final float[] points = new float[CAPACITY];
  private int size;
  private int epochsPerPoint = 1;
  private int pendingEpochs;
  private float pendingSum;

  /** Adds the loss of the next epoch. Allocates nothing. */
  public void add(float loss) {
    pendingSum += loss;
    pendingEpochs++;
    if (pendingEpochs < epochsPerPoint) {
      return;
    }
    points[size++] = pendingSum / pendingEpochs;
    pendingSum = 0f;
    pendingEpochs = 0;
    if (size == CAPACITY) {
      halve();
    }
  }

  private void halve() {
    size = CAPACITY / 2;
    for (int k = 0; k < size; k++) {
      points[k] = (points[2 * k] + points[2 * k + 1]) / 2;
    }
    epochsPerPoint *= 2;
  }

  /** Forgets everything, for the next training. */
  public void clear() {
    size = 0;
    epochsPerPoint = 1;
    pendingEpochs = 0;
    pendingSum = 0f;
  }

  /** What was recorded so far, epochs that do not yet make a point left out. */
  public LossHistory history() {
    return LossHistory.of(Arrays.copyOf(points, size));
  }
}
