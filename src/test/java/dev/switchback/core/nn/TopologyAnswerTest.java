package dev.switchback.core.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The rules by which outputs become answers. */
class TopologyAnswerTest {
  private static Topology topology(String widths, Activation output) {
    return Topology.parse(widths, output);
  }

  private static final Topology ONE = topology("2-1", Activation.SIGMOID);
  private static final Topology THREE = topology("2-3", Activation.SIGMOID);

  @Test
  void oneOutputIsRounded() {
    assertEquals(0, ONE.answer(new float[] {0f}));
    assertEquals(0, ONE.answer(new float[] {0.5f}));
    assertEquals(1, ONE.answer(new float[] {Math.nextUp(0.5f)}));
    assertEquals(1, ONE.answer(new float[] {1f}));
    assertEquals(0, ONE.answer(new float[] {Float.NaN}));
    assertEquals(1, ONE.leds());
  }

  @Test
  void eachOutputDecidesOneLed() {
    assertEquals(3, THREE.leds());
    assertEquals(0b101, THREE.answer(new float[] {0.9f, 0.5f, 0.6f}));
    assertEquals(0b010, THREE.answer(new float[] {0.1f, 1f, 0f}));
    assertEquals(2, THREE.displayed(2));
  }

  @Test
  void byArgmaxTheLargestWinsAndATieAnswersTheLower() {
    Topology two = topology("2-2", Activation.SOFTMAX);
    assertTrue(two.isArgmax(), "softmax implies it");
    assertEquals(1, two.leds());
    assertEquals(1, two.displayed(0));
    assertEquals(0, two.answer(new float[] {0.7f, 0.3f}));
    assertEquals(1, two.answer(new float[] {0.3f, 0.7f}));
    assertEquals(0, two.answer(new float[] {0.5f, 0.5f}));
    Topology three = THREE.withArgmax();
    assertEquals(0, three.leds(), "no LED shows one of three");
    assertEquals(2, three.answer(new float[] {0.3f, 0.2f, 0.5f}));
    assertEquals(1, three.answer(new float[] {0.1f, 0.6f, 0.3f}));
  }

  @Test
  void theRuleIsPartOfTheTopology() {
    assertFalse(THREE.isArgmax());
    assertNotEquals(THREE, THREE.withArgmax());
    assertEquals(THREE.withArgmax(), THREE.withArgmax());
    assertEquals(
        "argmax needs two outputs or more, not 2-1",
        assertThrows(IllegalArgumentException.class, ONE::withArgmax).getMessage());
  }
}
