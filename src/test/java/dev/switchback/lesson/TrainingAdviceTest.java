package dev.switchback.lesson;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.switchback.core.Engine;
import dev.switchback.core.TrainingSession;
import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.NamedRecipe;
import dev.switchback.core.nn.Recipe;
import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.TruthTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingAdviceTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2-1   | sigmoid        | 2-1 cannot part XOR 0110 by one line: use more hidden neurons, such"
            + " as 2-2-1",
        "3-1-1 | sigmoid        | 3-1-1 cannot part XOR 01101001 by one plane: use more hidden"
            + " neurons, such as 3-12-1",
        "4-1   | sigmoid        | 4-1 cannot part this table by one plane: use more hidden neurons,"
            + " such as 4-16-1",
        "2-8-1 | linear,sigmoid | 2-8-1 cannot part XOR 0110 by one line: linear layers add nothing;"
            + " use sigmoid or tanh",
      })
  void whatNoWeightsCanDoIsSaidWithoutATraining(
      String widths, String activations, String expected) {
    String[] labels = activations.split(",", -1);
    Activation[] layers = new Activation[labels.length];
    for (int k = 0; k < labels.length; k++) {
      layers[k] = Activation.of(labels[k]);
    }
    Topology topology = Topology.parse(widths, layers);
    TruthTable odd = NamedTruth.XOR.table(topology.inputs());

    assertEquals(expected, TrainingAdvice.impossible(topology, odd));
    assertNull(TrainingAdvice.impossible(topology, NamedTruth.AND.table(topology.inputs())));
  }

  @Test
  void tooFewEpochsAreNamedAndNotTheNeurons() {
    assertEquals(
        "3 epochs are used up and 2 of 4 rows are right: the recipe's own limit is 10,000 epochs",
        advice(NamedRecipe.DEVICE, TruthTable.XOR, 3, 1));
  }

  @Test
  void whatCouldBeLearntButWasNotSaysWhatToTry() {
    assertEquals(
        "4,000 epochs are used up and 2 of 4 rows are right: numpy-backprop never starts afresh; try"
            + " another seed, or the recipe device",
        advice(NamedRecipe.NUMPY_BACKPROP, NamedTruth.XNOR.table(2), 4000, 6));
  }

  private static String advice(NamedRecipe rules, TruthTable truth, int epochs, long seed) {
    Recipe recipe = rules.recipe(rules.topology("2-2-1"), truth).withMaxEpochs(epochs);
    TrainingSession session = new TrainingSession(recipe, truth, Engine.FLOAT, seed, null);
    while (session.step()) {
      assertFalse(session.isFinished());
    }
    assertFalse(session.isSolved());
    return TrainingAdvice.of(session);
  }
}
