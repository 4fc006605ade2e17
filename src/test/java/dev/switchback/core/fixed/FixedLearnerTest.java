package dev.switchback.core.fixed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.switchback.core.nn.NamedRecipe;
import dev.switchback.core.nn.Recipe;
import dev.switchback.core.nn.Samples;
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
}
