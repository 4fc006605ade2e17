package dev.switchback.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.Engine;
import dev.switchback.core.fixed.FixedLearner;
import dev.switchback.core.fixed.FixedModel;
import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Draws;
import dev.switchback.core.nn.FloatLearner;
import dev.switchback.core.nn.FloatModel;
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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class EngineTest {
  private static final Start START = new Start(1.25f, 0.5f);

  record Case(Engine engine, Recipe recipe) {
    @Override
    public String toString() {
      return engine.label() + " " + recipe.name() + " " + recipe.topology();
    }
  }

  static List<Case> learningCases() {
    Topology narrow = Topology.parse("2-2-1", Activation.SIGMOID);
    Topology wide = Topology.parse("2-20-1", Activation.TANH, Activation.SIGMOID);
    Topology deep = Topology.parse("2-4-3-1", Activation.TANH, Activation.TANH, Activation.SIGMOID);
    Topology classes = Topology.parse("2-8-2", Activation.RELU, Activation.SOFTMAX);
    Recipe.Gradient backpropagation = new Recipe.Gradient.Backpropagation();
    UpdateRule plain = UpdateRule.GradientDescent.plain(1f);
    List<Case> cases = new ArrayList<>();
    for (Engine engine : Engine.values()) {
      cases.add(new Case(engine, NamedRecipe.DEVICE.recipe(narrow, TruthTable.XOR)));
      cases.add(new Case(engine, recipe("full", wide, Recipe.Batch.FULL, backpropagation, plain)));
      cases.add(
          new Case(engine, recipe("online", narrow, Recipe.Batch.ONLINE, backpropagation, plain)));
      cases.add(
          new Case(
              engine,
              recipe(
                  "online momentum",
                  deep,
                  Recipe.Batch.ONLINE,
                  backpropagation,
                  new UpdateRule.GradientDescent(0.25f, 0.5f))));
      cases.add(
          new Case(
              engine,
              recipe(
                  "nesterov",
                  classes,
                  Recipe.Batch.FULL,
                  backpropagation,
                  new UpdateRule.GradientDescent(0.25f, 0.75f))));
      cases.add(
          new Case(
              engine,
              recipe(
                  "resilient",
                  wide,
                  Recipe.Batch.FULL,
                  backpropagation,
                  new UpdateRule.Resilient(0.1f))));
      cases.add(
          new Case(
              engine,
              recipe(
                  "central differences",
                  classes,
                  Recipe.Batch.FULL,
                  new Recipe.Gradient.CentralDifferences(0.01),
                  UpdateRule.GradientDescent.plain(0.5f))));
    }
    return cases;
  }

  private static Recipe recipe(
      String name,
      Topology topology,
      Recipe.Batch batch,
      Recipe.Gradient gradient,
      UpdateRule update) {
    Loss loss = topology.outputs() == 2 ? Loss.CROSS_ENTROPY : Loss.SQUARED_ERROR;
    return new Recipe(
        name,
        topology,
        START,
        loss,
        batch,
        gradient,
        update,
        new Recipe.Schedule(20_000, 0.1f, 1500, 0, 0f));
  }

  private static Trainer trained(Case c, TruthTable truth, long seed) {
    Learner learner = c.engine.learner(c.recipe, Samples.of(truth, c.recipe.topology()));
    Trainer trainer = new Trainer(c.recipe, learner, seed, null);
    while (trainer.step()) {}
    return trainer;
  }

  private static float[] outputs(Model model, float... inputs) {
    float[] outputs = new float[model.topology().outputs()];
    model.infer(inputs, outputs);
    return outputs;
  }

  private static Parameters drawn(Topology topology, long seed) {
    Parameters parameters = new Parameters(topology);
    START.draw(new SplitMix(seed), parameters);
    return parameters;
  }

  @ParameterizedTest
  @MethodSource("learningCases")
  void truthTableIsAnsweredAfterTraining(Case c) {
    for (TruthTable truth : new TruthTable[] {TruthTable.XOR, TruthTable.parse("0001")}) {
      Trainer trainer = trained(c, truth, 1);
      assertTrue(trainer.isSolved(), "solved " + truth);
      Model model = c.engine.model(trainer.result());
      for (int row = 0; row < 4; row++) {
        float[] outputs = outputs(model, truth.input(row, 0), truth.input(row, 1));
        Topology topology = model.topology();
        assertEquals(truth.answer(row), topology.answer(outputs));
        assertEquals(truth.answer(row), outputs[topology.displayed(0)], 0.1001f);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("learningCases")
  void sameSeedGivesTheSameBitsAndOtherSeedsOthers(Case c) {
    Parameters parameters = trained(c, TruthTable.XOR, 7).result();
    assertEquals(parameters, trained(c, TruthTable.XOR, 7).result());
    assertNotEquals(parameters, trained(c, TruthTable.XOR, 8).result());
  }

  @ParameterizedTest
  @MethodSource("learningCases")
  void learnerMayBeUsedAgain(Case c) {
    Learner learner = c.engine.learner(c.recipe, Samples.of(TruthTable.XOR, c.recipe.topology()));
    Parameters first = null;
    for (int run = 0; run < 2; run++) {
      Trainer trainer = new Trainer(c.recipe, learner, 5, null);
      for (int step = 0; step < 40; step++) {
        trainer.step();
      }
      if (first == null) {
        first = trainer.current();
      }
      assertEquals(first, trainer.current());
    }
  }

  /** Returns the parameters in the engine's precision. */
  private static Parameters held(Engine engine, Parameters parameters) {
    Topology topology = parameters.topology();
    Recipe recipe =
        new Recipe(
            "none",
            topology,
            START,
            Loss.SQUARED_ERROR,
            Recipe.Batch.FULL,
            new Recipe.Gradient.Backpropagation(),
            UpdateRule.GradientDescent.plain(0.5f),
            Recipe.Schedule.fixed(1));
    float[][] inputs = new float[1][topology.inputs()];
    float[][] targets = new float[1][topology.outputs()];
    Learner learner = engine.learner(recipe, new Samples(inputs, targets));
    learner.start(parameters);
    return learner.parameters();
  }

  @ParameterizedTest
  @EnumSource
  void parametersRoundTripGivesTheSameOutputs(Engine engine) {
    for (String widths : new String[] {"2-2-1", "2-20-1", "3-17-16-2"}) {
      Topology topology = Topology.parse(widths, Activation.TANH);
      Parameters drawn = drawn(topology, 3);
      Model model = engine.model(drawn);
      Parameters held = held(engine, drawn);
      assertEquals(held, held(engine, held));
      Model again = engine.model(held);
      assertEquals(topology, model.topology());
      SplitMix random = new SplitMix(4);
      float[] inputs = new float[topology.inputs()];
      for (int k = 0; k < 50; k++) {
        for (int i = 0; i < inputs.length; i++) {
          inputs[i] = 2f * Draws.signed(random);
        }
        float[] expected = outputs(model, inputs);
        assertArrayEquals(expected, outputs(again, inputs));
        assertArrayEquals(expected, outputs(model, inputs), "second run");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void modelKeepsParametersOfItsOwn(Engine engine) {
    Topology topology = Topology.parse("2-2-1", Activation.SIGMOID);
    Parameters parameters = drawn(topology, 3);
    Model model = engine.model(parameters);
    float[] before = outputs(model, 1f, 0f);
    parameters.fill(9f);
    assertArrayEquals(before, outputs(model, 1f, 0f));
  }

  @ParameterizedTest
  @EnumSource
  void inferLeavesInputsAlone(Engine engine) {
    for (Activation activation : Activation.values()) {
      Topology topology = Topology.parse("2-3-2", Activation.TANH, activation);
      float[] inputs = {0.3f, -7.25f};
      outputs(engine.model(drawn(topology, 1)), inputs);
      assertArrayEquals(new float[] {0.3f, -7.25f}, inputs);
    }
  }

  @ParameterizedTest
  @EnumSource
  void outputGrowsWithTheOutputBias(Engine engine) {
    for (Activation activation : Activation.values()) {
      if (activation == Activation.SOFTMAX) {
        continue;
      }
      Topology topology = Topology.parse("2-3-1", Activation.SIGMOID, activation);
      Parameters parameters = drawn(topology, 2);
      float last = Float.NEGATIVE_INFINITY;
      float first = Float.NaN;
      for (int k = -640; k <= 640; k++) {
        parameters.set(1, 3, 0, k / 64f);
        float output = outputs(engine.model(parameters), 1f, 0f)[0];
        assertTrue(output >= last - 1.2e-7f, activation + " falls at bias " + k / 64f);
        first = Float.isNaN(first) ? output : first;
        last = output;
      }
      assertTrue(last - first > 0.9f, activation + " rises from " + first + " to " + last);
    }
  }

  @ParameterizedTest
  @EnumSource
  void twoSoftmaxOutputsAnswerByTheLarger(Engine engine) {
    Topology topology = Topology.parse("2-2", Activation.SOFTMAX);
    for (int a = -8; a <= 8; a++) {
      for (int b = -8; b <= 8; b++) {
        Model model = engine.model(Parameters.of(topology, 0f, 0f, 0f, 0f, a / 4f, b / 4f));
        float[] outputs = outputs(model, 1f, 1f);
        assertEquals(b > a ? 1 : 0, topology.answer(outputs));
        double exact = 1.0 / (1.0 + Math.exp((a - b) / 4.0));
        assertEquals(exact, outputs[1], 5e-5);
        assertEquals(1f, outputs[0] + outputs[1], 4e-5f);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void outputsStayFiniteWhateverTheInputs(Engine engine) {
    for (Activation activation : Activation.values()) {
      for (String widths : new String[] {"2-3-2", "2-20-17"}) {
        Topology topology = Topology.parse(widths, Activation.SIGMOID, activation);
        Model model = engine.model(drawn(topology, 6));
        for (float x : new float[] {1e9f, -1e9f, 1e30f, -1e30f, 0f}) {
          for (float y : new float[] {1e9f, -1e30f, 127f}) {
            for (float output : outputs(model, x, y)) {
              assertTrue(Float.isFinite(output), activation + " at " + x + ", " + y);
            }
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void saturatedActivationsReachTheirEnds(Engine engine) {
    Parameters parameters = new Parameters(Topology.parse("1-1", Activation.SIGMOID));
    parameters.set(0, 0, 0, 100f);
    assertEquals(1f, outputs(engine.model(parameters), 1f)[0]);
    assertEquals(0f, outputs(engine.model(parameters), -1f)[0]);
    parameters = new Parameters(Topology.parse("1-1", Activation.TANH));
    parameters.set(0, 0, 0, 100f);
    assertEquals(1f, outputs(engine.model(parameters), 1f)[0]);
    assertEquals(-1f, outputs(engine.model(parameters), -1f)[0]);
    parameters = new Parameters(Topology.parse("1-2", Activation.SOFTMAX));
    parameters.set(0, 0, 0, 100f);
    assertArrayEquals(new float[] {1f, 0f}, outputs(engine.model(parameters), 1f));
  }

  @ParameterizedTest
  @EnumSource
  void labelFindsTheEngine(Engine engine) {
    assertEquals(engine, Engine.of(engine.label()));
  }

  @Test
  void labelsAreFloatAndFixed() {
    assertEquals(Engine.FLOAT, Engine.of("float"));
    assertEquals(Engine.FIXED, Engine.of("fixed"));
    assertEquals(
        "unknown engine 'FLOAT': use float or fixed",
        assertThrows(IllegalArgumentException.class, () -> Engine.of("FLOAT")).getMessage());
  }

  @Test
  void enginesMakeTheirOwnModelsAndLearners() {
    Topology topology = Topology.parse("2-2-2", Activation.SIGMOID);
    Parameters parameters = new Parameters(topology);
    assertInstanceOf(FloatModel.class, Engine.FLOAT.model(parameters));
    assertInstanceOf(FixedModel.class, Engine.FIXED.model(parameters));
    Recipe.Gradient backpropagation = new Recipe.Gradient.Backpropagation();
    UpdateRule plain = UpdateRule.GradientDescent.plain(1f);
    Samples samples = Samples.of(TruthTable.parse("0110,0001"), topology);
    Recipe recipe = recipe("plain", topology, Recipe.Batch.FULL, backpropagation, plain);
    assertInstanceOf(FloatLearner.class, Engine.FLOAT.learner(recipe, samples));
    assertInstanceOf(FixedLearner.class, Engine.FIXED.learner(recipe, samples));
    Recipe differences =
        recipe(
            "differences",
            topology,
            Recipe.Batch.FULL,
            new Recipe.Gradient.CentralDifferences(0.1),
            plain);
    assertInstanceOf(FloatLearner.class, Engine.FIXED.learner(differences, samples));
  }

  @Test
  void fixedWeightsAreExactFloats() {
    Topology topology = Topology.parse("2-2-1", Activation.SIGMOID);
    Parameters held = held(Engine.FIXED, drawn(topology, 1));
    for (float weight : held.toArray()) {
      assertEquals(0f, weight * 65536f - (float) Math.rint(weight * 65536.0));
    }
    assertFalse(drawn(topology, 1).equals(held), "the draw had more bits");
  }
}
