package dev.switchback.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.Engine;
import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.FloatLearner;
import dev.switchback.core.nn.Learner;
import dev.switchback.core.nn.Loss;
import dev.switchback.core.nn.Model;
import dev.switchback.core.nn.NamedRecipe;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Recipe;
import dev.switchback.core.nn.Samples;
import dev.switchback.core.nn.SplitMix;
import dev.switchback.core.nn.Start;
import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.Trainer;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.core.nn.UpdateRule;
import dev.switchback.sim.AllocatedBytes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("allocation")
class AllocationTest {
  private static final int ITERATIONS = 200;
  private static final Start START = new Start(1f, 0.5f);

  record Case(Engine engine, Recipe recipe) {
    @Override
    public String toString() {
      return engine.label() + " " + recipe.name() + " " + recipe.topology();
    }
  }

  private static Recipe recipe(
      Topology topology, Recipe.Batch batch, Recipe.Gradient gradient, UpdateRule update) {
    boolean classes = topology.activation(topology.layers() - 1) == Activation.SOFTMAX;
    return new Recipe(
        batch + " " + gradient + " " + update,
        topology,
        START,
        classes ? Loss.CROSS_ENTROPY : Loss.SQUARED_ERROR,
        batch,
        gradient,
        update,
        new Recipe.Schedule(Integer.MAX_VALUE, 1e-30f, 7, 2, 0.5f));
  }

  private static List<Topology> topologies() {
    return List.of(
        Topology.parse("2-2-1", Activation.SIGMOID),
        Topology.parse("2-20-1", Activation.TANH),
        Topology.parse("2-8-2", Activation.RELU, Activation.SOFTMAX));
  }

  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    List<UpdateRule> rules =
        List.of(
            UpdateRule.GradientDescent.plain(0.5f),
            new UpdateRule.GradientDescent(0.5f, 0.5f),
            new UpdateRule.Resilient(0.1f));
    for (Engine engine : Engine.values()) {
      for (Topology topology : topologies()) {
        for (UpdateRule rule : rules) {
          for (Recipe.Batch batch : Recipe.Batch.values()) {
            cases.add(
                new Case(
                    engine, recipe(topology, batch, new Recipe.Gradient.Backpropagation(), rule)));
          }
        }
      }
    }
    cases.add(
        new Case(
            Engine.FLOAT,
            recipe(
                topologies().getLast(),
                Recipe.Batch.FULL,
                new Recipe.Gradient.CentralDifferences(0.1),
                UpdateRule.GradientDescent.plain(0.01f))));
    return cases;
  }

  private static Parameters drawn(Topology topology) {
    Parameters parameters = new Parameters(topology);
    START.draw(new SplitMix(1), parameters);
    return parameters;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void learningAllocatesNothing(Case c) {
    Topology topology = c.recipe.topology();
    Learner learner = c.engine.learner(c.recipe, Samples.of(TruthTable.XOR, topology));
    Parameters start = drawn(topology);
    Parameters target = new Parameters(topology);
    learner.start(start);
    AllocatedBytes.requireNone(
        "an epoch of " + c,
        () -> {
          learner.measure();
          learner.update();
        },
        ITERATIONS);
    AllocatedBytes.requireNone(
        "a start of " + c,
        () -> {
          learner.start(start);
          learner.copyTo(target);
        },
        ITERATIONS);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void trainerStepsAllocateNothingRestartsIncluded(Case c) {
    Learner learner = c.engine.learner(c.recipe, Samples.of(TruthTable.XOR, c.recipe.topology()));
    Trainer trainer = new Trainer(c.recipe, learner, 1, null);
    AllocatedBytes.requireNone("a step of " + c, trainer::step, ITERATIONS);
    assertTrue(trainer.restarts() > 50, "restarts " + trainer.restarts());
  }

  @ParameterizedTest
  @EnumSource
  void deviceRecipeAllocatesNothing(Engine engine) {
    Topology topology = Topology.parse("2-1-1", Activation.SIGMOID);
    Recipe recipe =
        NamedRecipe.DEVICE.recipe(topology, TruthTable.XOR).withMaxEpochs(Integer.MAX_VALUE);
    Trainer trainer =
        new Trainer(recipe, engine.learner(recipe, Samples.of(TruthTable.XOR, topology)), 1, null);
    AllocatedBytes.requireNone("a step of the device recipe", trainer::step, ITERATIONS);
  }

  @ParameterizedTest
  @EnumSource
  void inferenceAllocatesNothing(Engine engine) {
    for (Topology topology : topologies()) {
      Model model = engine.model(drawn(topology));
      float[] inputs = {1f, 0f};
      float[] outputs = new float[topology.outputs()];
      int[] answers = new int[2];
      AllocatedBytes.requireNone(
          "inference of " + topology,
          () -> {
            model.infer(inputs, outputs);
            answers[model.topology().answer(outputs)]++;
          },
          ITERATIONS);
      assertTrue(answers[0] + answers[1] >= 5 * ITERATIONS);
    }
  }

  @Test
  void bothPassesAllocateNothing() {
    for (Topology topology : topologies()) {
      Recipe recipe =
          recipe(
              topology,
              Recipe.Batch.FULL,
              new Recipe.Gradient.Backpropagation(),
              UpdateRule.GradientDescent.plain(0.5f));
      Learner learner = new FloatLearner(recipe, Samples.of(TruthTable.XOR, topology));
      learner.start(drawn(topology));
      AllocatedBytes.requireNone("both passes over " + topology, learner::measure, ITERATIONS);
    }
  }
}
