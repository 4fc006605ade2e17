package dev.switchback.core.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DoubleNetworkTest {
  private static double[] wide(Parameters parameters) {
    float[] values = parameters.toArray();
    double[] wide = new double[values.length];
    for (int k = 0; k < wide.length; k++) {
      wide[k] = values[k];
    }
    return wide;
  }

  /** Narrow and wide layers; the float network may differ by rounding. */
  @ParameterizedTest
  @EnumSource(Activation.class)
  void outputsAreThoseOfTheFloatNetwork(Activation output) {
    Topology topology =
        new Topology(new int[] {3, 5, 17, 4}, Activation.SIGMOID, Activation.RELU, output);
    Parameters parameters = new Parameters(topology);
    new Start(0.7f, 0.5f).draw(new SplitMix(3), parameters);
    float[] inputs = {0.25f, -1f, 0.75f};
    float[] narrow = new float[topology.outputs()];
    new FloatModel(parameters).infer(inputs, narrow);
    double[] found = new DoubleNetwork(topology).forward(wide(parameters), inputs);
    for (int j = 0; j < narrow.length; j++) {
      assertEquals(narrow[j], found[j], 2e-6 * Math.max(1.0, Math.abs(found[j])), "output " + j);
    }
  }

  @Test
  void softmaxOfHugeValuesDoesNotOverflow() {
    Topology topology = Topology.parse("1-3", Activation.SOFTMAX);
    double[] parameters = {0, 0, 0, 1000, 1000 + StrictMath.log(2), -1000};
    double[] found = new DoubleNetwork(topology).forward(parameters, new float[] {1f});
    assertArrayEquals(new double[] {1 / 3.0, 2 / 3.0, 0}, found, 1e-12);
  }
}
