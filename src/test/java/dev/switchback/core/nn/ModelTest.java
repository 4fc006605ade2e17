package dev.switchback.core.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ModelTest {

  @Test
  void oneOutputIsRounded() {
    assertEquals(0, Model.answer(new float[] {0f}));
    assertEquals(0, Model.answer(new float[] {0.5f}));
    assertEquals(1, Model.answer(new float[] {Math.nextUp(0.5f)}));
    assertEquals(1, Model.answer(new float[] {1f}));
    assertEquals(0, Model.answer(new float[] {Float.NaN}));
  }

  @Test
  void ofSeveralOutputsTheLargestWinsAndATieAnswersTheLower() {
    assertEquals(0, Model.answer(new float[] {0.7f, 0.3f}));
    assertEquals(1, Model.answer(new float[] {0.3f, 0.7f}));
    assertEquals(0, Model.answer(new float[] {0.5f, 0.5f}));
    assertEquals(2, Model.answer(new float[] {0.3f, 0.2f, 0.5f}));
    assertEquals(1, Model.answer(new float[] {0.1f, 0.6f, 0.3f}));
  }

  @Test
  void displayedOutputIsTheOnlyOneOrThatOfClassOne() {
    assertEquals(0.3f, Model.displayedOutput(new float[] {0.3f}));
    assertEquals(0.7f, Model.displayedOutput(new float[] {0.3f, 0.7f}));
  }
}
