package dev.switchback.core.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StartTest {
  private static final long SEED = 42;

  private static float[] drawn(Start start, String widths) {
    Parameters parameters = new Parameters(Topology.parse(widths, Activation.SIGMOID));
    parameters.fill(99f);
    start.draw(new SplitMix(SEED), parameters);
    return parameters.toArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2-2-1", "3-20-2"})
  void valuesAreDrawnInTheDocumentedOrder(String widths) {
    float[] values = drawn(new Start(1f, 1f), widths);
    SplitMix random = new SplitMix(SEED);
    for (float value : values) {
      assertEquals((float) random.nextGaussian(), value);
    }
  }

  @Test
  void valuesAreScaledWeightsAndBiasesApart() {
    float[] values = drawn(new Start(1.25f, 0.5f), "2-2-1");
    SplitMix random = new SplitMix(SEED);
    for (int k = 0; k < values.length; k++) {
      boolean bias = k == 4 || k == 5 || k == 8;
      assertEquals((bias ? 0.5f : 1.25f) * (float) random.nextGaussian(), values[k]);
    }
  }

  @Test
  void biasScaleZeroLeavesBiasesAtZeroAndDrawsNothing() {
    float[] values = drawn(new Start(2f, 0f), "2-2-1");
    SplitMix random = new SplitMix(SEED);
    float[] expected = new float[9];
    for (int k : new int[] {0, 1, 2, 3, 6, 7}) {
      expected[k] = 2f * (float) random.nextGaussian();
    }
    assertArrayEquals(expected, values);
  }

  @Test
  void oneStreamGoesOnFromDrawToDraw() {
    Start start = new Start(1f, 1f);
    SplitMix random = new SplitMix(SEED);
    Parameters first = new Parameters(Topology.parse("2-1", Activation.LINEAR));
    Parameters second = first.copy();
    start.draw(random, first);
    start.draw(random, second);
    SplitMix same = new SplitMix(SEED);
    for (Parameters parameters : new Parameters[] {first, second}) {
      for (float value : parameters.toArray()) {
        assertEquals((float) same.nextGaussian(), value);
      }
    }
  }
}
