package dev.switchback.device.control;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecisionTest {
  @ParameterizedTest
  @ValueSource(floats = {0f, -0f, 1f, -1f, 0.5f, Float.MIN_VALUE, -Float.MAX_VALUE})
  void everyFieldSurvivesThePacking(float output) {
    for (int generation : new int[] {1, 2, ModelSlot.MAX_GENERATION}) {
      for (int row : new int[] {0, 1, 2, 3, 255}) {
        for (boolean lit : new boolean[] {false, true}) {
          assertEquals(
              new Decision(true, generation, row, lit, output),
              Decision.unpack(Decision.answered(generation, row, lit, output)));
        }
      }
    }
  }

  @Test
  void undecidedIsDark() {
    assertEquals(
        new Decision(false, ModelSlot.MAX_GENERATION, 255, false, 0f),
        Decision.unpack(Decision.undecided(ModelSlot.MAX_GENERATION, 255)));
  }

  @Test
  void beforeTheFirstTickNothingIsDecided() {
    assertEquals(new Decision(false, 0, 0, false, 0f), Decision.unpack(0));
  }
}
