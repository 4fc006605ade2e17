package dev.switchback.core.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FloatLearnerTest {
  private static final Topology LINE = Topology.parse("1-1", Activation.LINEAR);

  private static Recipe recipe(
      Topology topology, Recipe.Batch batch, Recipe.Gradient gradient, UpdateRule update) {
    return new Recipe(
        "test",
        topology,
        new Start(1f, 0f),
        Loss.SQUARED_ERROR,
        batch,
        gradient,
        update,
        Recipe.Schedule.fixed(1));
  }

  private static FloatLearner learner(Recipe.Batch batch, UpdateRule update) {
    // Two samples on a line: y(1) = 1 and y(2) = 4; the start is y = x.
    Samples samples = new Samples(new float[][] {{1f}, {2f}}, new float[][] {{1f}, {4f}});
    FloatLearner learner =
        new FloatLearner(
            recipe(LINE, batch, new Recipe.Gradient.Backpropagation(), update), samples);
    learner.start(Parameters.of(LINE, 1f, 0f));
    learner.measure();
    return learner;
  }

  @Test
  void measureReportsLossAndWorstErrorOfThePresentParameters() {
    FloatLearner learner = learner(Recipe.Batch.FULL, UpdateRule.GradientDescent.plain(0.25f));
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
    FloatLearner learner = learner(Recipe.Batch.FULL, UpdateRule.GradientDescent.plain(0.25f));
    learner.update();
    // Errors 0 and -2: gradient of w is -4, of b -2.
    assertArrayEquals(new float[] {2f, 0.5f}, learner.parameters().toArray());
    learner.measure();
    learner.update();
    // y(1) = 2.5, y(2) = 4.5: errors 1.5 and 0.5; gradient of w is 2.5, of b 2.
    assertArrayEquals(new float[] {1.375f, 0f}, learner.parameters().toArray());
  }

  @Test
  void onlineDescendsSampleBySample() {
    FloatLearner learner = learner(Recipe.Batch.ONLINE, UpdateRule.GradientDescent.plain(0.25f));
    learner.update();
    assertArrayEquals(new float[] {2f, 0.5f}, learner.parameters().toArray());
    learner.measure();
    learner.update();
    // Sample 1: y = 2.5, error 1.5, so w = 1.625 and b = 0.125. Sample 2: y = 3.375, error -0.625.
    assertArrayEquals(new float[] {1.9375f, 0.28125f}, learner.parameters().toArray());
  }

  @Test
  void onlineMomentumKeepsItsVelocityFromSampleToSample() {
    FloatLearner learner =
        learner(Recipe.Batch.ONLINE, new UpdateRule.GradientDescent(0.25f, 0.5f));
    learner.update();
    assertArrayEquals(new float[] {2.5f, 0.75f}, learner.parameters().toArray());
    learner.measure();
    learner.update();
    // The velocity is (1, 0.5). Sample 1: y = 3.25, error 2.25: v = (-0.0625, -0.3125), so
    // w = 1.90625, b = 0.03125. Sample 2: y = 3.84375, error -0.15625: v = (0.046875, -0.1171875).
    assertArrayEquals(new float[] {2.0078125f, 0.01171875f}, learner.parameters().toArray());
  }

  @Test
  void startForgetsTheVelocity() {
    FloatLearner learner = learner(Recipe.Batch.FULL, new UpdateRule.GradientDescent(0.25f, 0.5f));
    learner.update();
    float[] once = learner.parameters().toArray();
    learner.start(Parameters.of(LINE, 1f, 0f));
    learner.measure();
    learner.update();
    assertArrayEquals(once, learner.parameters().toArray());
  }

  @Test
  void centralDifferencesStepAlmostAsBackpropagationDoes() {
    Topology topology = Topology.parse("2-3-1", Activation.TANH, Activation.SIGMOID);
    Samples samples = Samples.of(TruthTable.XOR, topology);
    Parameters start = new Parameters(topology);
    new Start(1f, 1f).draw(new SplitMix(3), start);
    float[][] results = new float[2][];
    for (int k = 0; k < 2; k++) {
      Recipe.Gradient gradient =
          k == 0
              ? new Recipe.Gradient.Backpropagation()
              : new Recipe.Gradient.CentralDifferences(0x1p-6);
      FloatLearner learner =
          new FloatLearner(
              recipe(topology, Recipe.Batch.FULL, gradient, UpdateRule.GradientDescent.plain(1f)),
              samples);
      learner.start(start);
      learner.measure();
      learner.update();
      assertNotEquals(start, learner.parameters());
      results[k] = learner.parameters().toArray();
    }
    assertArrayEquals(results[0], results[1], 1e-4f);
    Parameters differences = new Parameters(topology);
    new NumericalGradient(topology, samples, Loss.SQUARED_ERROR, 0x1p-6).fill(start, differences);
    float[] expected = start.toArray();
    float[] gradient = differences.toArray();
    for (int k = 0; k < expected.length; k++) {
      expected[k] -= gradient[k];
    }
    assertArrayEquals(expected, results[1]);
  }

  @Test
  void parametersAreCopies() {
    FloatLearner learner = learner(Recipe.Batch.FULL, UpdateRule.GradientDescent.plain(0.25f));
    learner.parameters().fill(7f);
    assertArrayEquals(new float[] {1f, 0f}, learner.parameters().toArray());
    assertEquals(LINE, learner.parameters().topology());
  }
}
