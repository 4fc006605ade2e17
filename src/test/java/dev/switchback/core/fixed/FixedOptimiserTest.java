package dev.switchback.core.fixed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.SplitMix;
import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.UpdateRule;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FixedOptimiserTest {
  private static final int ONE = QFormat.ONE;
  private static final Topology ONE_WEIGHT = Topology.parse("1-1", Activation.LINEAR);

  private final int[][] parameters = {{ONE, 5}};

  private int steppedRaw(FixedOptimiser optimiser, long rawGradient) {
    optimiser.step(parameters, new long[][] {{rawGradient, 0L}});
    assertEquals(5, parameters[0][1]);
    return parameters[0][0];
  }

  /** Returns the weight after a step by this gradient; the bias has no gradient. */
  private double stepped(FixedOptimiser optimiser, double gradient) {
    return steppedRaw(optimiser, (long) (gradient * 0x1p32)) / (double) ONE;
  }

  private static FixedOptimiser descent(float rate, float momentum) {
    return FixedOptimiser.of(new UpdateRule.GradientDescent(rate, momentum), ONE_WEIGHT);
  }

  private static FixedOptimiser resilient(float initialStep) {
    return FixedOptimiser.of(new UpdateRule.Resilient(initialStep), ONE_WEIGHT);
  }

  @Test
  void plainDescentStepsByTheRate() {
    FixedOptimiser plain = descent(0.5f, 0f);
    assertEquals(0.875, stepped(plain, 0.25));
    assertEquals(1.875, stepped(plain, -2.0));
    assertEquals(1.875, stepped(plain, 0.0));
  }

  @Test
  void nesterovLooksOneVelocityAhead() {
    FixedOptimiser nesterov = descent(0.5f, 0.5f);
    assertEquals(0.25, stepped(nesterov, 1.0));
    assertEquals(-0.25, stepped(nesterov, 0.5));
    assertEquals(0.375, stepped(nesterov, -1.0));
    assertEquals(0.4375, stepped(nesterov, 0.0));
  }

  @Test
  void halfUnitStepsRoundUp() {
    FixedOptimiser plain = descent(0.5f, 0f);
    assertEquals(ONE, steppedRaw(plain, 1L << 16), "down by half a unit: unchanged");
    assertEquals(ONE + 1, steppedRaw(plain, -1L << 16), "up by half a unit: moves");
    assertEquals(ONE, steppedRaw(plain, (1L << 16) + 2), "down by more than half: moves");
  }

  @Test
  void gradientsSmallerThanAUnitAddUpInTheVelocity() {
    FixedOptimiser momentum = descent(0.5f, 0.5f);
    long quarter = 1L << 15;
    assertEquals(ONE, steppedRaw(momentum, -quarter), "half the velocity and 1/4 of a unit: 3/8");
    assertEquals(ONE, steppedRaw(momentum, -quarter), "velocity 3/8: step 7/16");
    assertEquals(ONE, steppedRaw(momentum, -quarter), "velocity 7/16: step 15/32");
    assertEquals(ONE + 1, steppedRaw(momentum, -2 * quarter), "and over a half");
  }

  @Test
  void resetForgetsTheVelocity() {
    FixedOptimiser optimiser = descent(0.5f, 0.5f);
    stepped(optimiser, 1.0);
    optimiser.reset();
    int before = parameters[0][0];
    assertEquals(before, steppedRaw(optimiser, 0L));
  }

  @Test
  void weightsAndGradientsSaturate() {
    FixedOptimiser plain = descent(100f, 0f);
    assertEquals(ONE - QFormat.MAX, steppedRaw(plain, Long.MAX_VALUE), "the longest step");
    assertEquals(QFormat.MIN, steppedRaw(plain, Long.MAX_VALUE));
    assertEquals(-1, steppedRaw(plain, Long.MIN_VALUE));
    assertEquals(QFormat.MAX - 1, steppedRaw(plain, Long.MIN_VALUE));
    assertEquals(QFormat.MAX, steppedRaw(plain, Long.MIN_VALUE));
  }

  /** The rule of {@link FixedDescent} in arbitrary-precision integers. */
  private static final class Reference {
    private final BigInteger rate;
    private final BigInteger momentum;
    private final BigInteger limit;
    private BigInteger velocity = BigInteger.ZERO;

    Reference(UpdateRule.GradientDescent rule) {
      this.rate = BigInteger.valueOf(QFormat.quantize(rule.rate()));
      this.momentum = BigInteger.valueOf(QFormat.quantize(rule.momentum()));
      this.limit = BigInteger.valueOf(QFormat.MAX).shiftLeft(QFormat.FRACTION_BITS);
    }

    private BigInteger rounded(BigInteger value) {
      int n = QFormat.FRACTION_BITS;
      return value.add(BigInteger.ONE.shiftLeft(n - 1)).shiftRight(n);
    }

    private BigInteger clamped(BigInteger value) {
      return value.min(limit).max(limit.negate());
    }

    int stepped(int p, long gradient) {
      BigInteger pull = rounded(rate.multiply(clamped(BigInteger.valueOf(gradient)))).negate();
      velocity = clamped(rounded(momentum.multiply(velocity)).add(pull));
      BigInteger step =
          momentum.signum() == 0 ? velocity : rounded(momentum.multiply(velocity)).add(pull);
      return QFormat.saturate(BigInteger.valueOf(p).add(rounded(step)).longValueExact());
    }
  }

  @ParameterizedTest
  @CsvSource({"2.8, 0.965", "127, 0.999", "0.5, 0", "7.9, 0.5", "1.9, 0.9"})
  void descentIsItsReference(float rate, float momentum) {
    UpdateRule.GradientDescent rule = new UpdateRule.GradientDescent(rate, momentum);
    FixedOptimiser optimiser = FixedOptimiser.of(rule, ONE_WEIGHT);
    Reference reference = new Reference(rule);
    SplitMix random = new SplitMix(1);
    int[][] p = {{0, 0}};
    int expected = 0;
    for (int k = 0; k < 5000; k++) {
      long bits = random.nextLong();
      long gradient = bits >> (int) (bits & 63);
      optimiser.step(p, new long[][] {{gradient, 0L}});
      expected = reference.stepped(expected, gradient);
      assertEquals(expected, p[0][0], "step " + k);
    }
  }

  @Test
  void resilientStepsGrowShrinkAndSkip() {
    // 1.2 is 78643 / 65536; steps are rounded to a unit.
    FixedOptimiser resilient = resilient(0.125f);
    int p = ONE;
    assertEquals(p -= 8192, steppedRaw(resilient, 3), "no past: the initial step");
    assertEquals(p -= 9830, steppedRaw(resilient, 1), "same sign: grows");
    assertEquals(p -= 11796, steppedRaw(resilient, 7), "same sign again: grows");
    assertEquals(
        p, steppedRaw(resilient, -1), "sign change: halves the step and skips this update");
    assertEquals(p += 5898, steppedRaw(resilient, -1), "after a sign change: the halved step");
    assertEquals(p += 7078, steppedRaw(resilient, -1), "same negative sign: grows");
    assertEquals(p, steppedRaw(resilient, 0), "no gradient: rests");
    assertEquals(p - 7078, steppedRaw(resilient, 1), "after a zero gradient: the same step");
  }

  @Test
  void resilientStepsStopAtTheLimits() {
    FixedOptimiser growing = resilient(49f);
    assertEquals(-48 * ONE, steppedRaw(growing, 1));
    assertEquals(-98 * ONE, steppedRaw(growing, 1));
    parameters[0][0] = 0;
    assertEquals(-50 * ONE, steppedRaw(growing, 1));

    parameters[0][0] = 0;
    FixedOptimiser shrinking = resilient(1e-6f);
    assertEquals(-1, steppedRaw(shrinking, 1), "the smallest step is one unit");
    assertEquals(-1, steppedRaw(shrinking, -1));
    assertEquals(0, steppedRaw(shrinking, -1));
  }

  @Test
  void theSmallestResilientStepGrowsAgain() {
    FixedOptimiser resilient = resilient(1e-6f);
    int p = ONE;
    for (int step : new int[] {1, 2, 3, 4, 5, 6, 7, 8, 10}) {
      assertEquals(p -= step, steppedRaw(resilient, 1));
    }
  }

  @Test
  void resilientWeightsSaturate() {
    FixedOptimiser resilient = resilient(50f);
    for (int k = 0; k < 4; k++) {
      steppedRaw(resilient, 1);
    }
    assertEquals(QFormat.MIN, parameters[0][0]);
  }

  @Test
  void resilientResetForgetsStepsAndSigns() {
    FixedOptimiser resilient = resilient(0.25f);
    stepped(resilient, 1.0);
    stepped(resilient, 1.0);
    resilient.reset();
    parameters[0][0] = ONE;
    assertEquals(1.25, stepped(resilient, -1.0));
  }

  @Test
  void everyBlockIsStepped() {
    Topology topology = Topology.parse("3-16-2", Activation.LINEAR);
    long[][] gradient = FixedOptimiser.longBlocks(topology);
    int[][] many = new int[gradient.length][];
    int count = 0;
    for (int b = 0; b < many.length; b++) {
      many[b] = new int[gradient[b].length];
      java.util.Arrays.fill(gradient[b], 1L << 32);
      count += many[b].length;
    }
    assertEquals(topology.parameterCount(), count);
    FixedOptimiser.of(UpdateRule.GradientDescent.plain(0.5f), topology).step(many, gradient);
    for (int[] block : many) {
      for (int value : block) {
        assertEquals(-ONE / 2, value);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1e-6", "128", "1000"})
  void ratesOutsideTheFormatAreRefused(float rate) {
    assertEquals(
        "learning rate " + rate + " does not fit Q7.16",
        assertThrows(IllegalArgumentException.class, () -> descent(rate, 0f)).getMessage());
  }

  @Test
  void aMomentumThatRoundsToOneIsRefused() {
    assertEquals(
        "momentum 0.999999 is 1 in Q7.16",
        assertThrows(IllegalArgumentException.class, () -> descent(1f, 0.999999f)).getMessage());
  }
}
