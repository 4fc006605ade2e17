package dev.switchback.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Learner;
import dev.switchback.core.nn.Loss;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Recipe;
import dev.switchback.core.nn.Samples;
import dev.switchback.core.nn.Start;
import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.UpdateRule;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Learners of both engines, with numbers that both represent exactly. */
class LearnerTest {
  private static final Topology LINE = Topology.parse("1-1", Activation.LINEAR);

  private static Learner learner(Engine engine, Recipe.Batch batch, UpdateRule update) {
    // Two samples on a line: y(1) = 1 and y(2) = 4; the start is y = x.
    Samples samples = new Samples(new float[][] {{1f}, {2f}}, new float[][] {{1f}, {4f}});
    Recipe recipe =
        new Recipe(
            "test",
            LINE,
            new Start(1f, 0f),
            Loss.SQUARED_ERROR,
            batch,
            new Recipe.Gradient.Backpropagation(),
            update,
            Recipe.Schedule.fixed(1));
    Learner learner = engine.learner(recipe, samples);
    learner.start(Parameters.of(LINE, 1f, 0f));
    learner.measure();
    return learner;
  }

  private static Learner learner(Engine engine, Recipe.Batch batch) {
    return learner(engine, batch, UpdateRule.GradientDescent.plain(0.25f));
  }

  @ParameterizedTest
  @EnumSource
  void measureReportsLossAndWorstErrorOfThePresentParameters(Engine engine) {
    Learner learner = learner(engine, Recipe.Batch.FULL);
    assertEquals(2.0, learner.loss());
    assertEquals(2f, learner.worstError());
    assertTrue(learner.answersAll());
    learner.start(Parameters.of(LINE, 0f, 0f));
    learner.measure();
    assertEquals((1.0 + 16.0) / 2.0, learner.loss());
    assertFalse(learner.answersAll());
  }

  @ParameterizedTest
  @EnumSource
  void fullBatchDescendsTheSumOverTheSamples(Engine engine) {
    Learner learner = learner(engine, Recipe.Batch.FULL);
    learner.update();
    // Errors 0 and -2: gradient of w is -4, of b -2.
    assertArrayEquals(new float[] {2f, 0.5f}, learner.parameters().toArray());
    learner.measure();
    learner.update();
    // y(1) = 2.5, y(2) = 4.5: errors 1.5 and 0.5; gradient of w is 2.5, of b 2.
    assertArrayEquals(new float[] {1.375f, 0f}, learner.parameters().toArray());
  }

  @ParameterizedTest
  @EnumSource
  void onlineDescendsSampleBySample(Engine engine) {
    Learner learner = learner(engine, Recipe.Batch.ONLINE);
    learner.update();
    assertArrayEquals(new float[] {2f, 0.5f}, learner.parameters().toArray());
    learner.measure();
    learner.update();
    // Sample 1: y = 2.5, error 1.5, so w = 1.625 and b = 0.125. Sample 2: y = 3.375, error -0.625.
    assertArrayEquals(new float[] {1.9375f, 0.28125f}, learner.parameters().toArray());
  }

  @ParameterizedTest
  @EnumSource
  void onlineMomentumKeepsItsVelocityFromSampleToSample(Engine engine) {
    Learner learner =
        learner(engine, Recipe.Batch.ONLINE, new UpdateRule.GradientDescent(0.25f, 0.5f));
    learner.update();
    assertArrayEquals(new float[] {2.5f, 0.75f}, learner.parameters().toArray());
    learner.measure();
    learner.update();
    // The velocity is (1, 0.5). Sample 1: y = 3.25, error 2.25: v = (-0.0625, -0.3125), so
    // w = 1.90625, b = 0.03125. Sample 2: y = 3.84375, error -0.15625: v = (0.046875, -0.1171875).
    assertArrayEquals(new float[] {2.0078125f, 0.01171875f}, learner.parameters().toArray());
  }

  @ParameterizedTest
  @EnumSource
  void startForgetsTheVelocity(Engine engine) {
    Learner learner =
        learner(engine, Recipe.Batch.FULL, new UpdateRule.GradientDescent(0.25f, 0.5f));
    learner.update();
    float[] once = learner.parameters().toArray();
    learner.start(Parameters.of(LINE, 1f, 0f));
    learner.measure();
    learner.update();
    assertArrayEquals(once, learner.parameters().toArray());
  }

  @ParameterizedTest
  @EnumSource
  void parametersAreCopies(Engine engine) {
    Learner learner = learner(engine, Recipe.Batch.FULL);
    learner.parameters().fill(7f);
    assertArrayEquals(new float[] {1f, 0f}, learner.parameters().toArray());
    assertEquals(LINE, learner.parameters().topology());
  }
}
