package dev.switchback.core.nn;

/**
 * A seeded random stream, the same on every machine and every JDK: SplitMix64 (Steele, Lea and
 * Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014).
 */
public final class SplitMix {
  private long state;
  private double spareGaussian = Double.NaN;

  public SplitMix(long seed) {
    this.state = seed;
  }

  public long nextLong() {
    state += 0x9E3779B97F4A7C15L;
    long z = state;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** Returns a sample of N(0, 1), by Marsaglia's polar method with {@link StrictMath}. */
  public double nextGaussian() {
    if (!Double.isNaN(spareGaussian)) {
      double spare = spareGaussian;
      spareGaussian = Double.NaN;
      return spare;
    }
    double u;
    double v;
    double s;
    do {
      u = (nextLong() >> 11) * 0x1p-52;
      v = (nextLong() >> 11) * 0x1p-52;
      s = u * u + v * v;
    } while (s >= 1.0 || s == 0.0);
    double factor = StrictMath.sqrt(-2.0 * StrictMath.log(s) / s);
    spareGaussian = v * factor;
    return u * factor;
  }
}
