package dev.switchback.core.fixed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Loss;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Recipe;
import dev.switchback.core.nn.Samples;
import dev.switchback.core.nn.Start;
import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.UpdateRule;
import org.junit.jupiter.api.Test;

class FixedLearnerTest {
  private static final Topology LINE = Topology.parse("1-1", Activation.LINEAR);

  private static Recipe recipe(Recipe.Batch batch, Recipe.Gradient gradient, UpdateRule update) {
    return new Recipe(
        "test",
        LINE,
        new Start(1f, 0f),
        Loss.SQUARED_ERROR,
        batch,
        gradient,
        update,
        Recipe.Schedule.fixed(1));
  }

  private static FixedLearner learner(Recipe.Batch batch, UpdateRule update) {
    // Two samples on a line: y(1) = 1 and y(2) = 4; the start is y = x.
    Samples samples = new Samples(new float[][] {{1f}, {2f}}, new float[][] {{1f}, {4f}});
    FixedLearner learner =
        new FixedLearner(recipe(batch, new Recipe.Gradient.Backpropagation(), update), samples);
    learner.start(Parameters.of(LINE, 1f, 0f));
    learner.measure();
    return learner;
  }

  @Test
  void measureReportsLossAndWorstErrorOfThePresentParameters() {
    FixedLearner learner = learner(Recipe.Batch.FULL, UpdateRule.GradientDescent.plain(0.25f));
    assertEquals(2.0, learner.loss());
    assertEquals(2f, learner.worstError());
    assertTrue(learner.answersAll());
    learner.start(Parameters.of(LINE, 0f, 0f));
    learner.measure();
    assertEquals((1.0 + 16.0) / 2.0, learner.loss());
    assertFalse(learner.answersAll());
  }

  @Test
  void fullBatchDescendsTheSumOverTheSamples() {
    FixedLearner learner = learner(Recipe.Batch.FULL, UpdateRule.GradientDescent.plain(0.25f));
    learner.update();
    assertArrayEquals(new float[] {2f, 0.5f}, learner.parameters().toArray());
    learner.measure();
    learner.update();
    assertArrayEquals(new float[] {1.375f, 0f}, learner.parameters().toArray());
  }

  @Test
  void onlineDescendsSampleBySample() {
    FixedLearner learner = learner(Recipe.Batch.ONLINE, UpdateRule.GradientDescent.plain(0.25f));
    learner.update();
    assertArrayEquals(new float[] {2f, 0.5f}, learner.parameters().toArray());
    learner.measure();
    learner.update();
    assertArrayEquals(new float[] {1.9375f, 0.28125f}, learner.parameters().toArray());
  }

  @Test
  void startForgetsTheVelocity() {
    FixedLearner learner = learner(Recipe.Batch.FULL, new UpdateRule.GradientDescent(0.25f, 0.5f));
    learner.update();
    float[] once = learner.parameters().toArray();
    learner.start(Parameters.of(LINE, 1f, 0f));
    learner.measure();
    learner.update();
    assertArrayEquals(once, learner.parameters().toArray());
    assertEquals(LINE, learner.parameters().topology());
  }

  @Test
  void centralDifferencesAreRefused() {
    Recipe differences =
        recipe(
            Recipe.Batch.FULL,
            new Recipe.Gradient.CentralDifferences(0.1),
            UpdateRule.GradientDescent.plain(1f));
    Samples samples = new Samples(new float[][] {{1f}}, new float[][] {{1f}});
    assertEquals(
        "fixed point trains by backpropagation only",
        assertThrows(IllegalArgumentException.class, () -> new FixedLearner(differences, samples))
            .getMessage());
  }
}
