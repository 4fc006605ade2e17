package dev.switchback.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.Engine;
import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Answers;
import dev.switchback.core.nn.Learner;
import dev.switchback.core.nn.NamedRecipe;
import dev.switchback.core.nn.Recipe;
import dev.switchback.core.nn.Samples;
import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.Trainer;
import dev.switchback.core.nn.TruthTable;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("slow")
class EverySeedTest {

  private static List<Long> unsolvedSeeds(
      Engine engine, Topology topology, TruthTable truth, long seeds) {
    Recipe recipe = NamedRecipe.DEVICE.recipe(topology, truth);
    Learner learner = engine.learner(recipe, Samples.of(truth, topology));
    List<Long> unsolved = new ArrayList<>();
    for (long seed = 0; seed < seeds; seed++) {
      Trainer trainer = new Trainer(recipe, learner, seed, null);
      while (trainer.step()) {}
      if (!trainer.isSolved() || learner.worstError() >= recipe.schedule().margin()) {
        unsolved.add(seed);
      }
    }
    return unsolved;
  }

  @ParameterizedTest
  @CsvSource({
    "FIXED, 2-2-1, 10000",
    "FIXED, 2-3-1, 10000",
    "FLOAT, 2-2-1, 20000",
    "FLOAT, 2-3-1, 20000"
  })
  void solvesXorFromEverySeed(Engine engine, String widths, long seeds) {
    Topology topology = Topology.parse(widths, Activation.SIGMOID);
    assertEquals(List.of(), unsolvedSeeds(engine, topology, TruthTable.XOR, seeds));
  }

  @ParameterizedTest
  @EnumSource
  void solvesAllSixteenTruthTablesOfTwoSwitches(Engine engine) {
    Topology topology = Topology.parse("2-2-1", Activation.SIGMOID);
    for (int function = 0; function < 16; function++) {
      String digits = Integer.toBinaryString(16 + function).substring(1);
      TruthTable truth = TruthTable.parse(digits);
      assertEquals(List.of(), unsolvedSeeds(engine, topology, truth, 50), "truth table " + digits);
    }
  }

  @ParameterizedTest
  @EnumSource
  void solvesXorWithTanhInside(Engine engine) {
    Topology topology = Topology.parse("2-2-1", Activation.TANH, Activation.SIGMOID);
    assertEquals(List.of(), unsolvedSeeds(engine, topology, TruthTable.XOR, 200));
  }

  @ParameterizedTest
  @EnumSource
  void whatATopologyCannotRepresentEndsUnsolvedWithinTheCap(Engine engine) {
    Topology topology = Topology.parse("2-1-1", Activation.SIGMOID);
    Recipe recipe = NamedRecipe.DEVICE.recipe(topology, TruthTable.XOR).withMaxEpochs(3000);
    for (long seed = 0; seed < 5; seed++) {
      Trainer trainer =
          new Trainer(
              recipe, engine.learner(recipe, Samples.of(TruthTable.XOR, topology)), seed, null);
      int steps = 0;
      while (trainer.step()) {
        steps++;
      }
      assertEquals(3000, steps);
      assertEquals(3000, trainer.epochs());
      assertTrue(trainer.isFinished());
      assertFalse(trainer.isSolved());
      assertTrue(trainer.restarts() > 0);
      Answers best = Answers.of(engine.model(trainer.result()));
      double loss = 0.0;
      for (int row = 0; row < 4; row++) {
        loss += Math.pow(best.displayedOutput(row, 0) - TruthTable.XOR.answer(row), 2.0) / 4.0;
      }
      assertTrue(loss < 0.25, "better than answering one half everywhere: " + loss);
    }
  }
}
