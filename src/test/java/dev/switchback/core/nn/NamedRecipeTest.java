package dev.switchback.core.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class NamedRecipeTest {
  private static final TruthTable THREE = TruthTable.parse("01101001");

  @ParameterizedTest
  @CsvSource({
    "device, 1-2-1, 2-2-1, 3-12-1, 'sigmoid,sigmoid'",
    "numpy-backprop, 1-2-1, 2-2-1, 3-2-1, 'sigmoid,sigmoid'",
    "numerical-gradient, 1-8-2, 2-8-2, 3-8-2, 'relu,softmax'",
    "online, 1-3-1, 2-3-1, 3-3-1, 'sigmoid,sigmoid'",
    "online-deep, 1-3-3-1, 2-3-3-1, 3-3-3-1, 'sigmoid,sigmoid,sigmoid'"
  })
  void eachHasItsTopology(String label, String one, String two, String three, String activations) {
    NamedRecipe recipe = NamedRecipe.of(label);
    assertEquals(label, recipe.label());
    assertEquals(one, recipe.topology(TruthTable.parse("01")).toString());
    assertEquals(two, recipe.topology(TruthTable.XOR).toString());
    assertEquals(three, recipe.topology(THREE).toString());
    assertEquals(activations, recipe.topology(TruthTable.XOR).activationLabels());
  }

  @ParameterizedTest
  @EnumSource(NamedRecipe.class)
  void eachTrainsItsOwnTopologyUnderItsName(NamedRecipe recipe) {
    Topology topology = recipe.topology(TruthTable.XOR);
    Recipe rule = recipe.recipe(topology, TruthTable.XOR);
    assertEquals(recipe.label(), rule.name());
    assertEquals(topology, rule.topology());
    assertFalse(recipe.source().isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "reference-a, NUMPY_BACKPROP",
    "reference-b, NUMERICAL_GRADIENT",
    "reference-c, ONLINE",
    "reference-c2, ONLINE_DEEP"
  })
  void formerNamesAreUnderstoodAndNotUsed(String former, NamedRecipe recipe) {
    assertEquals(recipe, NamedRecipe.of(former));
    assertEquals(former, recipe.formerLabel());
    assertEquals(
        recipe.label(),
        NamedRecipe.of(former).recipe(recipe.topology(TruthTable.XOR), TruthTable.XOR).name());
  }

  @Test
  void unknownNamesListTheKnown() {
    assertEquals(
        "unknown recipe 'nobody': use device, numpy-backprop, numerical-gradient, online, online-deep",
        assertThrows(IllegalArgumentException.class, () -> NamedRecipe.of("nobody")).getMessage());
  }

  private static final Start NORMAL = new Start(1f, 1f);

  @Test
  void sourceAIsPlainFullBatchDescent() {
    Topology topology = NamedRecipe.NUMPY_BACKPROP.topology(TruthTable.XOR);
    assertEquals(
        new Recipe(
            "numpy-backprop",
            topology,
            NORMAL,
            Loss.SQUARED_ERROR,
            Recipe.Batch.FULL,
            new Recipe.Gradient.Backpropagation(),
            UpdateRule.GradientDescent.plain(0.5f),
            Recipe.Schedule.fixed(4000)),
        NamedRecipe.NUMPY_BACKPROP.recipe(topology, TruthTable.XOR));
  }

  @Test
  void sourceBDescendsTheMeanByCoarseDifferences() {
    Topology topology = NamedRecipe.NUMERICAL_GRADIENT.topology(TruthTable.XOR);
    assertEquals(
        new Recipe(
            "numerical-gradient",
            topology,
            new Start(0.1f, 0f),
            Loss.CROSS_ENTROPY,
            Recipe.Batch.FULL,
            new Recipe.Gradient.CentralDifferences(0.1),
            UpdateRule.GradientDescent.plain(0.0025f),
            Recipe.Schedule.fixed(5001)),
        NamedRecipe.NUMERICAL_GRADIENT.recipe(topology, TruthTable.XOR));
    Recipe eightRows =
        NamedRecipe.NUMERICAL_GRADIENT.recipe(
            NamedRecipe.NUMERICAL_GRADIENT.topology(THREE), THREE);
    assertEquals(UpdateRule.GradientDescent.plain(0.00125f), eightRows.update());
  }

  @ParameterizedTest
  @EnumSource(names = {"ONLINE", "ONLINE_DEEP"})
  void sourceCTakesOneSampleAtATime(NamedRecipe recipe) {
    Topology topology = recipe.topology(TruthTable.XOR);
    assertEquals(
        new Recipe(
            recipe.label(),
            topology,
            NORMAL,
            Loss.SQUARED_ERROR,
            Recipe.Batch.ONLINE,
            new Recipe.Gradient.Backpropagation(),
            UpdateRule.GradientDescent.plain(0.3f),
            Recipe.Schedule.fixed(10_000)),
        recipe.recipe(topology, TruthTable.XOR));
  }

  @Test
  void anotherNumberOfEpochsMakesNoReferenceStartAfresh() {
    for (int epochs : new int[] {10, 100_000}) {
      Recipe rule =
          NamedRecipe.NUMPY_BACKPROP
              .recipe(NamedRecipe.NUMPY_BACKPROP.topology(TruthTable.XOR), TruthTable.XOR)
              .withMaxEpochs(epochs);
      assertEquals(Recipe.Schedule.fixed(epochs), rule.schedule());
      assertFalse(rule.schedule().restarts());
      assertFalse(rule.schedule().endsWhenSolved());
    }
    Recipe device =
        NamedRecipe.DEVICE.recipe(NamedRecipe.DEVICE.topology(TruthTable.XOR), TruthTable.XOR);
    assertTrue(device.schedule().restarts());
    assertTrue(device.schedule().endsWhenSolved());
  }
}
