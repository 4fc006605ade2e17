package dev.switchback.core.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checks the backward pass against central differences. With step 2^-10 in double these have an
 * error of h^2/6 f''', about 2e-7 for a third derivative of 1; the backward pass has float
 * rounding. The tolerance is 2e-5 of the largest gradient.
 */
class GradientCheckTest {
  private static final double STEP = 0x1p-10;
  private static final double TOLERANCE = 2e-5;
  private static final double KINK_MARGIN = 0.01;

  record Case(Topology topology, Loss loss) {
    @Override
    public String toString() {
      return topology + " " + topology.activationLabels() + " " + loss;
    }
  }

  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (int width : new int[] {3, 17}) {
      for (int depth = 1; depth <= 4; depth++) {
        for (Activation hidden : Activation.values()) {
          if (hidden == Activation.SOFTMAX || (depth == 1 && hidden != Activation.TANH)) {
            continue;
          }
          for (Activation output : Activation.values()) {
            Activation[] activations = new Activation[depth];
            Arrays.fill(activations, hidden);
            activations[depth - 1] = output;
            int[] widths = new int[depth + 1];
            Arrays.fill(widths, width);
            widths[0] = 3;
            Topology topology = new Topology(widths, activations);
            cases.add(new Case(topology, Loss.SQUARED_ERROR));
            if (output == Activation.SIGMOID || output == Activation.SOFTMAX) {
              cases.add(new Case(topology, Loss.CROSS_ENTROPY));
            }
          }
        }
      }
    }
    return cases;
  }

  private static Samples samples(Topology topology) {
    float[][] inputs = {{0.25f, 1f, -0.5f}, {1f, -0.75f, 0.5f}};
    float[][] targets = new float[2][topology.outputs()];
    targets[0][topology.outputs() - 1] = 1f;
    targets[1][0] = 1f;
    return new Samples(inputs, targets);
  }

  /** Drawn so that no ReLU pre-activation is near the kink and some neurons are active. */
  private static Parameters parameters(Topology topology, Samples samples, Loss loss) {
    SplitMix random = new SplitMix(1);
    Parameters parameters = new Parameters(topology);
    do {
      for (int l = 0; l < topology.layers(); l++) {
        double scale = 1.5 / Math.sqrt(topology.fanIn(l));
        for (int row = 0; row <= topology.fanIn(l); row++) {
          for (int column = 0; column < topology.fanOut(l); column++) {
            parameters.set(l, row, column, (float) (scale * Draws.signed(random)));
          }
        }
      }
    } while (distanceToKink(parameters, samples) < KINK_MARGIN
        || largest(differences(parameters, samples, loss).toArray()) < 0.1f);
    return parameters;
  }

  private static double distanceToKink(Parameters parameters, Samples samples) {
    Topology topology = parameters.topology();
    double distance = 1.0;
    for (int s = 0; s < samples.count(); s++) {
      float[] a = samples.inputs(s);
      for (int l = 0; l < topology.layers(); l++) {
        float[] next = new float[topology.fanOut(l)];
        for (int j = 0; j < next.length; j++) {
          next[j] = parameters.get(l, a.length, j);
          for (int i = 0; i < a.length; i++) {
            next[j] += a[i] * parameters.get(l, i, j);
          }
          if (topology.activation(l) == Activation.RELU) {
            distance = Math.min(distance, Math.abs(next[j]));
          }
        }
        topology.activation(l).apply(next, next.length);
        a = next;
      }
    }
    return distance;
  }

  private static Parameters backpropagated(Parameters parameters, Samples samples, Loss loss) {
    Layer first = DenseLayer.chain(parameters.topology());
    Workspace workspace = new Workspace(parameters.topology());
    Parameters gradient = new Parameters(parameters.topology());
    for (int s = 0; s < samples.count(); s++) {
      workspace.activations[0] = samples.inputs(s);
      first.infer(parameters.blocks(), samples.inputs(s), workspace.outputs(), workspace);
      first.backward(parameters.blocks(), samples.targets(s), loss, workspace);
      first.accumulate(gradient.blocks(), 1f, workspace);
    }
    return gradient;
  }

  private static Parameters differences(Parameters parameters, Samples samples, Loss loss) {
    Parameters gradient = new Parameters(parameters.topology());
    new NumericalGradient(parameters.topology(), samples, loss, STEP).fill(parameters, gradient);
    return gradient;
  }

  private static float largest(float[] values) {
    float largest = 0f;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  private static boolean agree(float[] gradient, float[] judge) {
    double allowed = TOLERANCE * largest(judge);
    for (int k = 0; k < judge.length; k++) {
      if (!(Math.abs(gradient[k] - judge[k]) <= allowed)) {
        return false;
      }
    }
    return true;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void backwardPassAgreesWithCentralDifferences(Case c) {
    Samples samples = samples(c.topology);
    Parameters parameters = parameters(c.topology, samples, c.loss);
    Parameters before = parameters.copy();
    float[] judge = differences(parameters, samples, c.loss).toArray();
    assertEquals(before, parameters, "every parameter is restored");
    float[] gradient = backpropagated(parameters, samples, c.loss).toArray();
    assertEquals(before, parameters, "the backward pass changes no parameter");
    assertTrue(largest(gradient) > 0.05f, "a gradient of zeros proves nothing");
    int moving = 0;
    for (float value : gradient) {
      moving += Math.abs(value) > 1e-4f ? 1 : 0;
    }
    assertTrue(3 * moving > gradient.length, moving + " of " + gradient.length + " move");
    assertTrue(agree(gradient, judge), () -> worst(gradient, judge));
  }

  private static String worst(float[] gradient, float[] judge) {
    int worst = 0;
    for (int k = 0; k < judge.length; k++) {
      if (Math.abs(gradient[k] - judge[k]) > Math.abs(gradient[worst] - judge[worst])) {
        worst = k;
      }
    }
    return "parameter " + worst + ": " + gradient[worst] + " against " + judge[worst];
  }

  @Test
  void oneFlippedSignIsDetected() {
    Topology topology = Topology.parse("3-3-3", Activation.TANH, Activation.SIGMOID);
    Samples samples = samples(topology);
    Parameters parameters = parameters(topology, samples, Loss.SQUARED_ERROR);
    float[] judge = differences(parameters, samples, Loss.SQUARED_ERROR).toArray();
    float[] gradient = backpropagated(parameters, samples, Loss.SQUARED_ERROR).toArray();
    assertTrue(agree(gradient, judge));
    int flips = 0;
    for (int k = 0; k < gradient.length; k++) {
      if (Math.abs(gradient[k]) > TOLERANCE * largest(judge)) {
        gradient[k] = -gradient[k];
        assertFalse(agree(gradient, judge), "sign of parameter " + k);
        gradient[k] = -gradient[k];
        flips++;
      }
    }
    assertTrue(flips > 20, flips + " flips tried");
  }

  @Test
  void notANumberIsDetected() {
    assertFalse(agree(new float[] {Float.NaN, 1f}, new float[] {0f, 1f}));
  }

  @Test
  void accumulateScalesByTheFactorAndAdds() {
    Topology topology = Topology.parse("3-17-3", Activation.TANH, Activation.SIGMOID);
    Samples samples = samples(topology);
    Parameters parameters = parameters(topology, samples, Loss.SQUARED_ERROR);
    Layer first = DenseLayer.chain(topology);
    Workspace workspace = new Workspace(topology);
    workspace.activations[0] = samples.inputs(0);
    first.infer(parameters.blocks(), samples.inputs(0), workspace.outputs(), workspace);
    first.backward(parameters.blocks(), samples.targets(0), Loss.SQUARED_ERROR, workspace);
    Parameters once = new Parameters(topology);
    first.accumulate(once.blocks(), 1f, workspace);
    Parameters scaled = new Parameters(topology);
    scaled.fill(1f);
    first.accumulate(scaled.blocks(), -0.5f, workspace);
    float[] expected = once.toArray();
    for (int k = 0; k < expected.length; k++) {
      expected[k] = 1f - 0.5f * expected[k];
    }
    assertArrayEquals(expected, scaled.toArray(), 1e-7f);
  }

  @Test
  void centralDifferencesOfAParabolaAreExact() {
    // f(w, b) = 1/2 (w x + b - t)^2: symmetric, so the result does not depend on the step.
    Topology topology = Topology.parse("1-1", Activation.LINEAR);
    Samples samples = new Samples(new float[][] {{2f}}, new float[][] {{1f}});
    Parameters parameters = Parameters.of(topology, 3f, -1f);
    Parameters gradient = new Parameters(topology);
    NumericalGradient differences =
        new NumericalGradient(topology, samples, Loss.SQUARED_ERROR, 0.5);
    differences.fill(parameters, gradient);
    assertArrayEquals(new float[] {8f, 4f}, gradient.toArray());
    parameters.set(0, 1, 0, 0f);
    differences.fill(parameters, gradient);
    assertArrayEquals(new float[] {10f, 5f}, gradient.toArray(), "of the current parameters");
  }

  @Test
  void centralDifferencesOfACubicErrByTheSquareOfTheStep() {
    // f(w) = -ln of a softmax is not a parabola: h = 1 must differ from the slope by f''' / 6.
    Topology topology = Topology.parse("1-2", Activation.SOFTMAX);
    Samples samples = new Samples(new float[][] {{1f}}, new float[][] {{0f, 1f}});
    Parameters parameters = Parameters.of(topology, 1f, 0f, 0f, 0f);
    Parameters gradient = new Parameters(topology);
    new NumericalGradient(topology, samples, Loss.CROSS_ENTROPY, 1.0).fill(parameters, gradient);
    double above = Math.log(1.0 + Math.exp(2.0));
    double below = Math.log(2.0);
    assertEquals((above - below) / 2.0, gradient.get(0, 0, 0), 1e-6);
  }
}
