package dev.switchback.core.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ScoreTest {
  private Score score = new Score(Loss.SQUARED_ERROR, Topology.parse("2-1", Activation.SIGMOID));

  private void add(float output, float target) {
    score.add(new float[] {output}, new float[] {target});
  }

  @Test
  void scoreKeepsTheMeanTheWorstAndTheAnswers() {
    score.reset();
    add(0.75f, 1f);
    add(0.5f, 0f);
    add(1f, 1f);
    assertEquals((0.0625 + 0.25) / 3.0, score.meanLoss());
    assertEquals(0.5f, score.worstError());
    assertTrue(score.answersAll());
  }

  @Test
  void oneWrongAnswerIsNotForgotten() {
    score.reset();
    add(0.25f, 1f);
    add(1f, 1f);
    assertFalse(score.answersAll());
    assertEquals(0.75f, score.worstError());
  }

  @Test
  void errorsCountInBothDirectionsAndInEveryOutput() {
    score.reset();
    score = new Score(Loss.SQUARED_ERROR, Topology.parse("2-3", Activation.LINEAR));
    score.add(new float[] {1f, 2.5f, 0f}, new float[] {1f, 4f, 0.5f});
    assertEquals(1.5f, score.worstError());
  }

  @Test
  void notANumberIsTheWorstErrorThereIs() {
    score.reset();
    add(Float.NaN, 1f);
    add(1f, 1f);
    assertTrue(Float.isNaN(score.worstError()));
  }

  @Test
  void outputsThatAreNoNumbersAnswerNothing() {
    for (float output : new float[] {Float.NaN, Float.NEGATIVE_INFINITY}) {
      score.reset();
      add(output, 0f);
      add(1f, 1f);
      assertFalse(score.answersAll(), "would be rounded to 0");
    }
    score.reset();
    add(Float.POSITIVE_INFINITY, 1f);
    assertFalse(score.answersAll(), "would be rounded to 1");
    float[] first = {1f, 0f};
    for (float other : new float[] {Float.NaN, Float.NEGATIVE_INFINITY}) {
      score = new Score(Loss.SQUARED_ERROR, Topology.parse("2-3", Activation.LINEAR));
      score.add(new float[] {1f, other}, first);
      assertFalse(score.answersAll(), "would be rounded to 0");
    }
    score = new Score(Loss.CROSS_ENTROPY, Topology.parse("2-2", Activation.SOFTMAX));
    score.add(new float[] {1f, Float.NaN}, first);
    assertFalse(score.answersAll(), "the loss does not see it");
  }

  @Test
  void resetForgets() {
    score.reset();
    add(0f, 1f);
    score.reset();
    add(1f, 1f);
    assertEquals(0.0, score.meanLoss());
    assertEquals(0f, score.worstError());
    assertTrue(score.answersAll());
  }
}
