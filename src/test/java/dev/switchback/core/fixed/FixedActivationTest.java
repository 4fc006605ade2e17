package dev.switchback.core.fixed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.SplitMix;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class FixedActivationTest {
  private static final int ONE = QFormat.ONE;
  private static final int MAX = QFormat.MAX;

  private int[] applied(Activation activation, int... values) {
    FixedActivation.apply(activation, values, values.length);
    return values;
  }

  private int[] multiplied(Activation activation, int[] deltas, int... activations) {
    FixedActivation.multiplyByDerivative(activation, deltas, activations, deltas.length);
    return deltas;
  }

  private static int drawn(SplitMix random, int bits) {
    return (int) (random.nextLong() >> (64 - bits));
  }

  /** {@code value / 2^bits} rounded half up and saturated. */
  private static int rounded(BigInteger value, int bits) {
    return value
        .add(BigInteger.ONE.shiftLeft(bits - 1))
        .shiftRight(bits)
        .min(BigInteger.valueOf(MAX))
        .max(BigInteger.valueOf(-MAX - 1))
        .intValueExact();
  }

  @Test
  void tablesAreApplied() {
    FunctionTable sigmoid = FunctionTable.sigmoid();
    FunctionTable tanh = FunctionTable.tanh();
    int[] z = {-MAX - 1, -100_000, -1, 0, 1, 70_000, MAX};
    int[] a = applied(Activation.SIGMOID, z.clone());
    int[] t = applied(Activation.TANH, z.clone());
    for (int k = 0; k < z.length; k++) {
      assertEquals(sigmoid.at(z[k]), a[k]);
      assertEquals(tanh.at(z[k]), t[k]);
    }
    assertArrayEquals(new int[] {0, 0, 1, MAX}, applied(Activation.RELU, -MAX - 1, 0, 1, MAX));
    assertArrayEquals(new int[] {-MAX - 1, 0, MAX}, applied(Activation.LINEAR, -MAX - 1, 0, MAX));
  }

  @Test
  void softmaxSumsToOneWithinItsRounding() {
    SplitMix random = new SplitMix(1);
    for (int width = 2; width <= 40; width++) {
      for (int run = 0; run < 200; run++) {
        int[] values = new int[width];
        for (int j = 0; j < width; j++) {
          values[j] = drawn(random, run % 2 == 0 ? 19 : 24);
        }
        long sum = 0;
        for (int value : applied(Activation.SOFTMAX, values)) {
          assertTrue(value >= 0 && value <= ONE);
          sum += value;
        }
        assertTrue(Math.abs(sum - ONE) <= width / 2, width + " outputs sum to " + sum);
      }
    }
  }

  @Test
  void softmaxIsTheQuotientOfTableValuesRoundedHalfUp() {
    FunctionTable decay = FunctionTable.decay();
    SplitMix random = new SplitMix(2);
    for (int run = 0; run < 2000; run++) {
      int[] z = {drawn(random, 19), drawn(random, 19), drawn(random, 19)};
      int max = Math.max(z[0], Math.max(z[1], z[2]));
      long[] e = new long[3];
      for (int j = 0; j < 3; j++) {
        e[j] = decay.at(z[j] - max);
      }
      long sum = e[0] + e[1] + e[2];
      int[] expected = new int[3];
      for (int j = 0; j < 3; j++) {
        expected[j] = (int) Math.floorDiv(2 * e[j] * ONE + sum, 2 * sum);
      }
      assertArrayEquals(expected, applied(Activation.SOFTMAX, z));
    }
  }

  @Test
  void softmaxOfTheEndsOfTheRangeDoesNotWrap() {
    assertArrayEquals(new int[] {0, ONE}, applied(Activation.SOFTMAX, -MAX - 1, MAX));
    assertArrayEquals(new int[] {ONE, 0}, applied(Activation.SOFTMAX, MAX, -MAX - 1));
    assertArrayEquals(
        new int[] {ONE / 2, ONE / 2}, applied(Activation.SOFTMAX, -MAX - 1, -MAX - 1));
  }

  @Test
  void sigmoidSlopeIsExactUntilItsOneRounding() {
    SplitMix random = new SplitMix(3);
    for (int run = 0; run < 20_000; run++) {
      int a = drawn(random, 17) & 0xFFFF;
      int delta = drawn(random, run % 2 == 0 ? 24 : 8);
      BigInteger exact =
          BigInteger.valueOf(delta)
              .multiply(BigInteger.valueOf(a))
              .multiply(BigInteger.valueOf(ONE - a));
      assertEquals(rounded(exact, 32), multiplied(Activation.SIGMOID, new int[] {delta}, a)[0]);
    }
    assertArrayEquals(
        new int[] {0, 0, 1, 0, -1, 0},
        multiplied(
            Activation.SIGMOID,
            new int[] {MAX, -MAX, 2, -2, -3, 1},
            0,
            ONE,
            ONE / 2,
            ONE / 2,
            ONE / 2,
            ONE / 2),
        "a quarter of the delta, rounded half up; 0 at the ends");
  }

  @Test
  void tanhSlopeIsExactUntilItsOneRounding() {
    SplitMix random = new SplitMix(4);
    for (int run = 0; run < 20_000; run++) {
      int a = drawn(random, 17);
      int delta = drawn(random, run % 2 == 0 ? 24 : 8);
      BigInteger slope = BigInteger.ONE.shiftLeft(32).subtract(BigInteger.valueOf((long) a * a));
      BigInteger exact = BigInteger.valueOf(delta).multiply(slope);
      assertEquals(rounded(exact, 32), multiplied(Activation.TANH, new int[] {delta}, a)[0]);
    }
    assertArrayEquals(
        new int[] {MAX, -MAX - 1, 0, 0},
        multiplied(Activation.TANH, new int[] {MAX, -MAX - 1, MAX, MAX}, 0, 0, ONE, -ONE));
  }

  @Test
  void reluAndLinearPassTheDelta() {
    assertArrayEquals(
        new int[] {5, 0, 0}, multiplied(Activation.RELU, new int[] {5, 5, 5}, 1, 0, -1));
    assertArrayEquals(new int[] {5, -5}, multiplied(Activation.LINEAR, new int[] {5, -5}, 0, MAX));
  }

  @Test
  void softmaxDerivativeIsTheJacobianRoundedTwice() {
    SplitMix random = new SplitMix(5);
    for (int run = 0; run < 5000; run++) {
      int[] a =
          applied(Activation.SOFTMAX, drawn(random, 18), drawn(random, 18), drawn(random, 18));
      int[] deltas = {drawn(random, 18), drawn(random, 18), drawn(random, 18)};
      BigInteger sum = BigInteger.ZERO;
      for (int j = 0; j < 3; j++) {
        sum = sum.add(BigInteger.valueOf((long) deltas[j] * a[j]));
      }
      int mean = rounded(sum, 16);
      int[] expected = new int[3];
      for (int j = 0; j < 3; j++) {
        expected[j] = rounded(BigInteger.valueOf((long) a[j] * (deltas[j] - mean)), 16);
      }
      assertArrayEquals(expected, multiplied(Activation.SOFTMAX, deltas, a));
    }
  }
}
