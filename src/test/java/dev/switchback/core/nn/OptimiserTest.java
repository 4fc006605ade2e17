package dev.switchback.core.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptimiserTest {
  private static final Topology ONE_WEIGHT = Topology.parse("1-1", Activation.LINEAR);

  private final Parameters parameters = Parameters.of(ONE_WEIGHT, 1f, 5f);

  /** Returns the weight after a step by this gradient; the bias has no gradient. */
  private float stepped(Optimiser optimiser, float gradient) {
    optimiser.step(parameters, Parameters.of(ONE_WEIGHT, gradient, 0f));
    assertEquals(5f, parameters.get(0, 1, 0));
    return parameters.get(0, 0, 0);
  }

  private static Optimiser descent(float rate, float momentum) {
    return Optimiser.of(new UpdateRule.GradientDescent(rate, momentum), ONE_WEIGHT);
  }

  @Test
  void plainDescentStepsByTheRate() {
    Optimiser plain = descent(0.5f, 0f);
    assertEquals(0.875f, stepped(plain, 0.25f));
    assertEquals(1.875f, stepped(plain, -2f));
    assertEquals(1.875f, stepped(plain, 0f));
  }

  @Test
  void nesterovLooksOneVelocityAhead() {
    Optimiser nesterov = descent(0.5f, 0.5f);
    assertEquals(0.25f, stepped(nesterov, 1f));
    assertEquals(-0.25f, stepped(nesterov, 0.5f));
    assertEquals(0.375f, stepped(nesterov, -1f));
    assertEquals(0.4375f, stepped(nesterov, 0f));
  }

  @Test
  void resetForgetsTheVelocity() {
    Optimiser optimiser = descent(0.5f, 0.5f);
    stepped(optimiser, 1f);
    optimiser.reset();
    float before = parameters.get(0, 0, 0);
    assertEquals(before, stepped(optimiser, 0f));
  }

  @Test
  void resilientStepsGrowShrinkAndSkip() {
    Optimiser resilient = Optimiser.of(new UpdateRule.Resilient(0.125f), ONE_WEIGHT);
    float p = 1f;
    float step = 0.125f;
    assertEquals(p -= step, stepped(resilient, 3f), "no past: the initial step");
    step *= 1.2f;
    assertEquals(p -= step, stepped(resilient, 0.001f), "same sign: grows");
    step *= 1.2f;
    assertEquals(p -= step, stepped(resilient, 7f), "same sign again: grows");
    step *= 0.5f;
    assertEquals(p, stepped(resilient, -1f), "sign change: halves the step and skips this update");
    assertEquals(p += step, stepped(resilient, -1f), "after a sign change: the halved step");
    step *= 1.2f;
    assertEquals(p += step, stepped(resilient, -1f), "same negative sign: grows");
    assertEquals(p, stepped(resilient, 0f), "no gradient: rests");
    assertEquals(p - step, stepped(resilient, 1f), "after a zero gradient: the same step");
  }

  @Test
  void resilientStepsStopAtTheLimits() {
    Optimiser growing = Optimiser.of(new UpdateRule.Resilient(49f), ONE_WEIGHT);
    assertEquals(-48f, stepped(growing, 1f));
    assertEquals(-98f, stepped(growing, 1f));
    assertEquals(-148f, stepped(growing, 1f));

    parameters.set(0, 0, 0, 0f);
    Optimiser shrinking = Optimiser.of(new UpdateRule.Resilient(1.5e-6f), ONE_WEIGHT);
    assertEquals(-1.5e-6f, stepped(shrinking, 1f));
    assertEquals(-1.5e-6f, stepped(shrinking, -1f));
    assertEquals(-1.5e-6f + 1e-6f, stepped(shrinking, -1f));
  }

  @Test
  void resilientResetForgetsStepsAndSigns() {
    Optimiser resilient = Optimiser.of(new UpdateRule.Resilient(0.25f), ONE_WEIGHT);
    stepped(resilient, 1f);
    stepped(resilient, 1f);
    resilient.reset();
    parameters.set(0, 0, 0, 1f);
    assertEquals(1.25f, stepped(resilient, -1f));
  }

  @Test
  void everyBlockIsStepped() {
    Topology topology = Topology.parse("3-16-2", Activation.LINEAR);
    Parameters many = new Parameters(topology);
    Parameters gradient = many.copy();
    gradient.fill(1f);
    Optimiser.of(UpdateRule.GradientDescent.plain(0.5f), topology).step(many, gradient);
    for (float value : many.toArray()) {
      assertEquals(-0.5f, value);
    }
  }

  @ParameterizedTest
  @CsvSource({"0", "-1", "1000.1", "NaN", "Infinity"})
  void ratesOutOfRangeAreRefused(float rate) {
    assertEquals(
        "a learning rate is above 0 up to 1000, not " + rate,
        assertThrows(IllegalArgumentException.class, () -> UpdateRule.GradientDescent.plain(rate))
            .getMessage());
  }

  @ParameterizedTest
  @CsvSource({"-0.1", "1", "NaN"})
  void momentaOutOfRangeAreRefused(float momentum) {
    assertEquals(
        "momentum is 0 to below 1, not " + momentum,
        assertThrows(
                IllegalArgumentException.class, () -> new UpdateRule.GradientDescent(1f, momentum))
            .getMessage());
  }

  @ParameterizedTest
  @CsvSource({"0", "0.9e-6", "50.1", "NaN"})
  void initialStepsOutOfRangeAreRefused(float step) {
    assertEquals(
        "an initial step is 1e-6 to 50, not " + step,
        assertThrows(IllegalArgumentException.class, () -> new UpdateRule.Resilient(step))
            .getMessage());
  }

  @Test
  void limitsThemselvesAreAllowed() {
    assertEquals(1000f, UpdateRule.GradientDescent.plain(1000f).rate());
    assertEquals(0.999f, new UpdateRule.GradientDescent(1f, 0.999f).momentum());
    assertEquals(1e-6f, new UpdateRule.Resilient(1e-6f).initialStep());
    assertEquals(50f, new UpdateRule.Resilient(50f).initialStep());
  }
}
