package dev.switchback.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.NamedRecipe;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Recipe;
import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.core.nn.UpdateRule;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrainingSessionTest {
  private static TrainingSession trained(TrainingSession session) {
    while (session.step()) {}
    return session;
  }

  private static Topology ofOneLed(Topology topology) {
    return topology.outputs() == 1 ? topology : topology.withArgmax();
  }

  private static List<Topology> shapes(NamedRecipe recipe) {
    List<Topology> shapes = new ArrayList<>();
    for (String widths : List.of("2-8-2", "2-1", "2-8-1", "2-15-15-1")) {
      boolean needsProbabilities = recipe == NamedRecipe.NUMERICAL_GRADIENT;
      if (needsProbabilities && widths.endsWith("-1")) {
        continue;
      }
      shapes.add(ofOneLed(recipe.topology(widths)));
      if (!needsProbabilities) {
        shapes.add(ofOneLed(Topology.parse(widths, Activation.LINEAR)));
        shapes.add(ofOneLed(Topology.parse(widths, Activation.RELU)));
      }
    }
    return shapes;
  }

  @ParameterizedTest
  @EnumSource(NamedRecipe.class)
  void whatIsSolvedIsFiniteAndAnswers(NamedRecipe named) {
    int overflows = 0;
    for (Topology shape : shapes(named)) {
      for (String digits : List.of("0000", "1111", "0110")) {
        TruthTable truth = TruthTable.parse(digits);
        Recipe recipe = named.recipe(shape, truth).withMaxEpochs(400);
        for (Engine engine : Engine.values()) {
          for (long seed = 1; seed <= 3; seed++) {
            TrainingSession session =
                trained(new TrainingSession(recipe, truth, engine, seed, null));
            String what = named + " " + shape + shape.activationLabels() + digits + engine + seed;
            overflows += session.hasOverflowed() ? 1 : 0;
            assertTrue(session.hasResult() && session.result().isFinite(), what);
            assertTrue(Double.isFinite(session.resultLoss()), what);
            assertFalse(session.hasOverflowed() && session.isSolved(), what);
            assertTrue(
                !session.isSolved() || truth.isAnsweredBy(engine.model(session.result())), what);
          }
        }
      }
    }
    boolean isTame = named == NamedRecipe.DEVICE || named == NamedRecipe.NUMERICAL_GRADIENT;
    assertEquals(!isTame, overflows > 0, overflows + " overflows");
  }

  @Test
  void sameSeedAgainIsTheSameTraining() {
    Recipe recipe =
        NamedRecipe.DEVICE.recipe(NamedRecipe.DEVICE.topology(TruthTable.XOR), TruthTable.XOR);
    for (Engine engine : Engine.values()) {
      TrainingSession first = trained(new TrainingSession(recipe, TruthTable.XOR, engine, 7, null));
      Parameters result = first.result();
      TrainingSession other = trained(first.again(8));
      assertEquals(8, other.seed());
      assertEquals(result, trained(other.again(7)).result());
    }
  }

  /** Central differences train in float; the weights may not solve the task in integers. */
  @Test
  void trainingIsJudgedInTheEngineItIsFor() {
    Topology shape = NamedRecipe.NUMERICAL_GRADIENT.topology(TruthTable.XOR);
    Recipe recipe = hardlyMoving(NamedRecipe.NUMERICAL_GRADIENT.recipe(shape, TruthTable.XOR));
    Parameters first = xorBelowTheResolutionOfFixedPoint(shape);
    assertTrue(judged(recipe, Engine.FLOAT, first));
    assertFalse(judged(recipe, Engine.FIXED, first));
  }

  private static boolean judged(Recipe recipe, Engine engine, Parameters first) {
    TrainingSession session =
        trained(new TrainingSession(recipe, TruthTable.XOR, engine, 1, first));
    assertEquals(session.isSolved(), session.answersNow());
    return session.isSolved();
  }

  private static Recipe hardlyMoving(Recipe recipe) {
    return new Recipe(
        recipe.name(),
        recipe.topology(),
        recipe.start(),
        recipe.loss(),
        recipe.batch(),
        recipe.gradient(),
        UpdateRule.GradientDescent.plain(1e-12f),
        Recipe.Schedule.fixed(1));
  }

  /** Two ReLU neurons, A + B and A + B - 1, and an output layer with very small weights. */
  private static Parameters xorBelowTheResolutionOfFixedPoint(Topology shape) {
    Parameters parameters = new Parameters(shape);
    for (int input = 0; input < 2; input++) {
      parameters.set(0, input, 0, 1f);
      parameters.set(0, input, 1, 1f);
    }
    parameters.set(0, 2, 1, -1f);
    parameters.set(1, 0, 1, 4e-6f);
    parameters.set(1, 1, 1, -8e-6f);
    parameters.set(1, 8, 0, 2e-6f);
    return parameters;
  }
}
