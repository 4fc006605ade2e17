package dev.switchback.core.fixed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.FloatLearner;
import dev.switchback.core.nn.FloatModel;
import dev.switchback.core.nn.Model;
import dev.switchback.core.nn.NamedRecipe;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Recipe;
import dev.switchback.core.nn.Samples;
import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.Trainer;
import dev.switchback.core.nn.TruthTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FixedModelTest {

  private static float worstDifference(Model model, Model other) {
    float[] inputs = new float[2];
    float[] outputs = new float[1];
    float[] others = new float[1];
    float worst = 0f;
    for (int i = 0; i <= 200; i++) {
      for (int j = 0; j <= 200; j++) {
        inputs[0] = -0.5f + i / 100f;
        inputs[1] = -0.5f + j / 100f;
        model.infer(inputs, outputs);
        other.infer(inputs, others);
        worst = Math.max(worst, Math.abs(outputs[0] - others[0]));
      }
    }
    return worst;
  }

  @ParameterizedTest
  @CsvSource({"SIGMOID, 1.6e-4, 1.7e-4", "TANH, 4.3e-4, 4.4e-4"})
  void differenceToFloatIsTheStatedOne(Activation hidden, float above, float stated) {
    Topology topology = Topology.parse("2-2-1", hidden, Activation.SIGMOID);
    Recipe recipe = NamedRecipe.DEVICE.recipe(topology, TruthTable.XOR);
    FloatLearner learner = new FloatLearner(recipe, Samples.of(TruthTable.XOR, topology));
    float worst = 0f;
    for (long seed = 0; seed < 50; seed++) {
      Trainer trainer = new Trainer(recipe, learner, seed, null);
      while (trainer.step()) {}
      Parameters parameters = trainer.result();
      worst =
          Math.max(worst, worstDifference(new FloatModel(parameters), new FixedModel(parameters)));
    }
    assertTrue(worst <= stated && worst > above, hidden + " " + worst);
  }

  @Test
  void inputsAreQuantisedAndValuesReach2048() {
    Topology topology = Topology.parse("2-2", Activation.LINEAR);
    Model model = new FixedModel(Parameters.of(topology, 1f, 0f, 0f, 2f, 0f, -0.5f));
    float[] outputs = new float[2];
    model.infer(new float[] {1.5f / 65536f, 1000f}, outputs);
    assertArrayEquals(new float[] {2f / 65536f, 1999.5f}, outputs);
    model.infer(new float[] {-1e9f, 1024.25f}, outputs);
    assertArrayEquals(new float[] {-2048f, 2048f}, outputs, "cut at both limits");
    model.infer(new float[] {Float.NaN, 0.25f}, outputs);
    assertArrayEquals(new float[] {0f, 0f}, outputs);
    assertEquals(topology, model.topology());
  }

  @Test
  void weightsOutsideTheRangeSaturate() {
    Topology topology = Topology.parse("1-1", Activation.LINEAR);
    Model model = new FixedModel(Parameters.of(topology, 1000f, -1000f));
    float[] output = new float[1];
    model.infer(new float[] {0f}, output);
    assertEquals(-128f, output[0], "the bias");
    model.infer(new float[] {1f}, output);
    assertEquals(-0x1p-16f, output[0], "128 less one unit, and the bias");
  }
}
