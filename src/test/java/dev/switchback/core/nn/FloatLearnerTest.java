package dev.switchback.core.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

class FloatLearnerTest {
  private static Recipe recipe(Topology topology, Recipe.Gradient gradient) {
    return new Recipe(
        "test",
        topology,
        new Start(1f, 0f),
        Loss.SQUARED_ERROR,
        Recipe.Batch.FULL,
        gradient,
        UpdateRule.GradientDescent.plain(1f),
        Recipe.Schedule.fixed(1));
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
      FloatLearner learner = new FloatLearner(recipe(topology, gradient), samples);
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
}
