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
  void uniformValuesAreDrawnInTheDocumentedOrder(String widths) {
    float[] values = drawn(new Start(Start.Distribution.UNIFORM, 1f, 1f, false), widths);
    SplitMix random = new SplitMix(SEED);
    for (float value : values) {
      assertEquals(random.nextSigned(), value);
    }
  }

  @Test
  void normalValuesAreScaledWeightsAndBiasesApart() {
    float[] values = drawn(new Start(Start.Distribution.NORMAL, 1.25f, 0.5f, false), "2-2-1");
    SplitMix random = new SplitMix(SEED);
    for (int k = 0; k < values.length; k++) {
      boolean bias = k == 4 || k == 5 || k == 8;
      assertEquals((bias ? 0.5f : 1.25f) * (float) random.nextGaussian(), values[k]);
    }
  }

  @Test
  void biasScaleZeroLeavesBiasesAtZeroAndDrawsNothing() {
    float[] values = drawn(new Start(Start.Distribution.UNIFORM, 2f, 0f, false), "2-2-1");
    SplitMix random = new SplitMix(SEED);
    float[] expected = new float[9];
    for (int k : new int[] {0, 1, 2, 3, 6, 7}) {
      expected[k] = 2f * random.nextSigned();
    }
    assertArrayEquals(expected, values);
  }

  @Test
  void heScaleFollowsTheFanIn() {
    float[] values = drawn(new Start(Start.Distribution.UNIFORM, 1f, 1f, true), "8-2-1");
    SplitMix random = new SplitMix(SEED);
    for (int k = 0; k < 16; k++) {
      assertEquals(0.5f * random.nextSigned(), values[k]);
    }
    assertEquals(random.nextSigned(), values[16]);
    assertEquals(random.nextSigned(), values[17]);
    assertEquals(random.nextSigned(), values[18]);
  }

  @Test
  void oneStreamGoesOnFromDrawToDraw() {
    Start start = new Start(Start.Distribution.NORMAL, 1f, 1f, false);
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
