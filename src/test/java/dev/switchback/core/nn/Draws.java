package dev.switchback.core.nn;

/** Further draws from a {@link SplitMix}, for tests. */
public final class Draws {
  private Draws() {}

  /** Uniform in [-1, 1), a multiple of 2^-24. */
  public static float signed(SplitMix random) {
    return (random.nextLong() >> 39) * 0x1p-24f;
  }
}
