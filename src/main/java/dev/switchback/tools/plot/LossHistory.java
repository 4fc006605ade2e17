package dev.switchback.tools.plot;

import java.util.Arrays;

/** The loss over a training, oldest first, at evenly spaced epochs. Immutable; any thread. */
public final class LossHistory {
  /** No epoch yet. */
  public static final LossHistory EMPTY = new LossHistory(new float[0]);

  private final float[] losses;

  private LossHistory(float[] losses) {
    this.losses = losses;
  }

  /** A history of these losses. */
  public static LossHistory of(float... losses) {
    return new LossHistory(losses.clone());
  }

  /** Number of points. */
  public int size() {
    return losses.length;
  }

  public float loss(int index) {
    return losses[index];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LossHistory that && Arrays.equals(losses, that.losses);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(losses);
  }
}
