package dev.switchback.core.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class AnswersTest {
  private static Answers linear(String widths, float... parameters) {
    Topology topology = Topology.parse(widths, Activation.LINEAR);
    return Answers.of(new FloatModel(Parameters.of(topology, parameters)));
  }

  @Test
  void everyRowIsAskedWithSwitchAFirst() {
    Answers answers = linear("2-2", 0f, 2f, 0f, -2f, 1f, 0f);

    assertEquals(4, answers.rows());
    assertArrayEquals(new float[] {1f, -2f}, answers.outputs(1));
    assertArrayEquals(new float[] {1f, 2f}, answers.outputs(2));
    assertEquals(2f, answers.displayedOutput(2, 1));
    assertEquals(0b11, answers.answer(2));
    assertEquals(0b10, answers.answer(1));
    assertEquals("1111,0010", answers.toString());
  }

  @Test
  void whatIsNoNumberIsSaid() {
    Answers answers = linear("1-1", Float.POSITIVE_INFINITY, 0.5f);

    assertFalse(answers.isFinite(0), "infinity times 0");
    assertFalse(answers.isFinite(1));
    assertTrue(linear("1-1", 1f, 0f).isFinite(1));
  }

  @Test
  void moreInputsThanSwitchesAreRefused() {
    assertEquals(
        "topology 9-1 has 9 inputs; a truth table has at most 8",
        assertThrows(IllegalArgumentException.class, () -> linear("9-1", new float[10]))
            .getMessage());
  }
}
