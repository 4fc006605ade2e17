package dev.switchback.bench;

/**
 * Generates the numbers that every rival uses, the same in every language: {@code state = state *
 * 6364136223846793005 + 1442695040888963407} modulo 2^64. The upper 24 bits are a value in [0, 1),
 * exact in float.
 */
public final class Lcg {
  private long state;

  public Lcg(long seed) {
    this.state = seed;
  }

  /** Returns the next value in [0, 1). */
  public float next() {
    state = state * 6364136223846793005L + 1442695040888963407L;
    return (state >>> 40) * 0x1p-24f;
  }

  /** Returns the given number of values. */
  public float[] floats(int count) {
    float[] values = new float[count];
    for (int k = 0; k < count; k++) {
      values[k] = next();
    }
    return values;
  }
}
