package dev.switchback.core.fixed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.NamedRecipe;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Recipe;
import dev.switchback.core.nn.Samples;
import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.TruthTable;
import org.junit.jupiter.api.Test;

class FixedLearnerTest {
  @Test
  void centralDifferencesAreRefused() {
    NamedRecipe named = NamedRecipe.NUMERICAL_GRADIENT;
    Recipe differences = named.recipe(named.topology(TruthTable.XOR), TruthTable.XOR);
    Samples samples = Samples.of(TruthTable.XOR, differences.topology());
    assertEquals(
        "fixed point trains by backpropagation only",
        assertThrows(IllegalArgumentException.class, () -> new FixedLearner(differences, samples))
            .getMessage());
  }

  /** Every answer is on the right side, and none is an answer. */
  @Test
  void aNetworkThatRanAwayHasLearntNothing() {
    Topology topology = Topology.parse("2-1-1", Activation.LINEAR);
    TruthTable never = TruthTable.parse("0000");
    Recipe recipe = NamedRecipe.NUMPY_BACKPROP.recipe(topology, never);
    FixedLearner learner = new FixedLearner(recipe, Samples.of(never, topology));
    learner.start(Parameters.of(topology, 1f, 1f, 0f, -0.5f, 0f));
    learner.measure();
    assertTrue(learner.answersAll() && learner.isFinite());
    learner.start(Parameters.of(topology, 1f, 1f, 127f, -127f, 0f));
    learner.measure();
    assertTrue(learner.answersAll());
    assertFalse(learner.isFinite());
  }
}
