package dev.switchback.core.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SplitMixTest {
  private static final long SEED = 1234567L;
  private static final long[] PUBLISHED = {
    6457827717110365317L,
    3203168211198807973L,
    Long.parseUnsignedLong("9817491932198370423"),
    4593380528125082431L,
    Long.parseUnsignedLong("16408922859458223821"),
  };

  @Test
  void longsAreThePublishedOnes() {
    SplitMix random = new SplitMix(SEED);
    for (long expected : PUBLISHED) {
      assertEquals(expected, random.nextLong());
    }
  }

  @Test
  void gaussianHasTheMomentsOfTheNormalDistribution() {
    SplitMix random = new SplitMix(2);
    int count = 400_000;
    double previous = random.nextGaussian();
    double[] sums = new double[5];
    for (int k = 0; k < count; k++) {
      double x = random.nextGaussian();
      sums[0] += x * previous;
      sums[1] += x;
      sums[2] += x * x;
      sums[3] += x * x * x;
      sums[4] += x * x * x * x;
      previous = x;
    }
    assertEquals(0.0, sums[0] / count, 0.008);
    assertEquals(0.0, sums[1] / count, 0.008);
    assertEquals(1.0, sums[2] / count, 0.012);
    assertEquals(0.0, sums[3] / count, 0.03);
    assertEquals(3.0, sums[4] / count, 0.08);
  }

  @Test
  void gaussiansComeInPairsOfThePolarMethod() {
    SplitMix longs = new SplitMix(SEED);
    SplitMix random = new SplitMix(SEED);
    int pairs = 0;
    while (pairs < 100) {
      double u = (longs.nextLong() >> 11) / 0x1p52;
      double v = (longs.nextLong() >> 11) / 0x1p52;
      double s = u * u + v * v;
      if (s < 1.0) {
        assertEquals(u * Math.sqrt(-2.0 * Math.log(s) / s), random.nextGaussian(), 1e-14);
        assertEquals(v * Math.sqrt(-2.0 * Math.log(s) / s), random.nextGaussian(), 1e-14);
        pairs++;
      }
    }
  }

  @Test
  void gaussianKeepsItsBits() {
    SplitMix random = new SplitMix(1);
    assertEquals(-0x1.6b228c91187f1p-5, random.nextGaussian());
    assertEquals(0x1.5bcbf74b54f53p-1, random.nextGaussian());
    assertEquals(-0x1.f74dc71c69a54p-5, random.nextGaussian());
    assertEquals(-0x1.e9470a05114f5p-3, random.nextGaussian());
  }
}
