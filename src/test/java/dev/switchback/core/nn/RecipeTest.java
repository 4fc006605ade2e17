package dev.switchback.core.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecipeTest {
  private static final Topology XOR_NET = Topology.parse("2-2-1", Activation.SIGMOID);

  private static Recipe recipe(
      Topology topology, Loss loss, Recipe.Batch batch, Recipe.Gradient gradient, int epochs) {
    return new Recipe(
        "test",
        topology,
        new Start(1f, 0f),
        loss,
        batch,
        gradient,
        UpdateRule.GradientDescent.plain(1f),
        Recipe.Schedule.fixed(epochs));
  }

  private static String refusal(
      Topology topology, Loss loss, Recipe.Batch batch, Recipe.Gradient gradient, int epochs) {
    return String.valueOf(
        assertThrows(
                IllegalArgumentException.class,
                () -> recipe(topology, loss, batch, gradient, epochs))
            .getMessage());
  }

  @Test
  void crossEntropyNeedsProbabilities() {
    assertEquals(
        "cross-entropy needs sigmoid or softmax outputs, not tanh",
        refusal(
            Topology.parse("2-2-1", Activation.SIGMOID, Activation.TANH),
            Loss.CROSS_ENTROPY,
            Recipe.Batch.FULL,
            new Recipe.Gradient.Backpropagation(),
            1));
  }

  @Test
  void centralDifferencesNeedTheFullBatch() {
    assertEquals(
        "central differences need the full batch",
        refusal(
            XOR_NET,
            Loss.SQUARED_ERROR,
            Recipe.Batch.ONLINE,
            new Recipe.Gradient.CentralDifferences(0.1),
            1));
  }

  @Test
  void epochsAreAtLeastOne() {
    assertEquals(
        "epochs are 1 or more, not 0",
        refusal(
            XOR_NET,
            Loss.SQUARED_ERROR,
            Recipe.Batch.FULL,
            new Recipe.Gradient.Backpropagation(),
            0));
    assertEquals(
        1,
        recipe(
                XOR_NET,
                Loss.SQUARED_ERROR,
                Recipe.Batch.ONLINE,
                new Recipe.Gradient.Backpropagation(),
                1)
            .schedule()
            .maxEpochs());
  }

  @Test
  void newCapChangesNothingElse() {
    Recipe device = NamedRecipe.DEVICE.recipe(XOR_NET, TruthTable.XOR);
    Recipe.Schedule schedule = device.schedule();
    int below = schedule.attemptEpochs() - 1;
    Recipe capped = device.withMaxEpochs(below);
    assertEquals(
        new Recipe.Schedule(
            below, schedule.margin(), below, schedule.plateauEpochs(), schedule.plateauFraction()),
        capped.schedule());
    int above = schedule.attemptEpochs() + 1;
    assertEquals(above, device.withMaxEpochs(above).schedule().maxEpochs());
    assertEquals(schedule.attemptEpochs(), device.withMaxEpochs(above).schedule().attemptEpochs());
    assertEquals(device.name(), capped.name());
    assertSame(device.topology(), capped.topology());
    assertEquals(device.start(), capped.start());
    assertEquals(device.loss(), capped.loss());
    assertEquals(device.batch(), capped.batch());
    assertEquals(device.gradient(), capped.gradient());
    assertEquals(device.update(), capped.update());
  }

  @Test
  void deviceRecipeOfTwoSwitchesKeepsItsConstants() {
    assertEquals(
        new Recipe(
            "device",
            XOR_NET,
            new Start(1.25f, 0f),
            Loss.SQUARED_ERROR,
            Recipe.Batch.FULL,
            new Recipe.Gradient.Backpropagation(),
            new UpdateRule.GradientDescent(2.8f, 0.965f),
            new Recipe.Schedule(10_000, 0.1f, 97, 4, 0.01f)),
        NamedRecipe.DEVICE.recipe(XOR_NET, TruthTable.XOR));
  }

  @Test
  void largerTablesAndOtherActivationsNeedNoLearningRate() {
    Recipe tanh =
        NamedRecipe.DEVICE.recipe(
            Topology.parse("2-2-1", Activation.TANH, Activation.SIGMOID), TruthTable.XOR);
    Recipe tanhOutput =
        NamedRecipe.DEVICE.recipe(
            Topology.parse("2-2-1", Activation.SIGMOID, Activation.TANH), TruthTable.XOR);
    Recipe three =
        NamedRecipe.DEVICE.recipe(
            Topology.parse("3-6-1", Activation.SIGMOID), TruthTable.parse("01101001"));
    TruthTable halfAdder = TruthTable.parse("0110,0001");
    Recipe two = NamedRecipe.DEVICE.recipe(NamedRecipe.DEVICE.topology(halfAdder), halfAdder);
    for (Recipe recipe : new Recipe[] {tanh, tanhOutput, three, two}) {
      assertInstanceOf(UpdateRule.Resilient.class, recipe.update());
      boolean isLarger = recipe.equals(three) || recipe.equals(two);
      assertEquals(isLarger ? Loss.CROSS_ENTROPY : Loss.SQUARED_ERROR, recipe.loss());
    }
    assertEquals("2-12-2", two.topology().toString());
  }

  @Test
  void softmaxOutputsTrainByCrossEntropy() {
    Recipe recipe =
        NamedRecipe.DEVICE.recipe(
            Topology.parse("2-3-2", Activation.TANH, Activation.SOFTMAX), TruthTable.XOR);
    assertEquals(Loss.CROSS_ENTROPY, recipe.loss());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.0, -0.1, 1.01, Double.NaN})
  void differenceStepOutsideItsRangeIsRefused(double step) {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> new Recipe.Gradient.CentralDifferences(step));
    assertEquals("a difference step is above 0 up to 1, not " + step, refused.getMessage());
  }
}
