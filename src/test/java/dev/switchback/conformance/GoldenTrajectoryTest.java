package dev.switchback.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.switchback.core.nn.Answers;
import dev.switchback.core.nn.FloatLearner;
import dev.switchback.core.nn.FloatModel;
import dev.switchback.core.nn.NamedRecipe;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Recipe;
import dev.switchback.core.nn.Samples;
import dev.switchback.core.nn.SplitMix;
import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.sim.Json;
import dev.switchback.sim.SourceSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The source recipes follow their source systems from the same start, at every checkpoint. The
 * bounds below are the drift of float from double, measured independently in another language; the
 * core may drift twice as far.
 */
class GoldenTrajectoryTest {
  private static final Path DIRECTORY = Path.of("src/test/resources/golden/trajectories");
  private static final double OUTPUT_BOUND = 7e-6;

  /** The checkpoints of one training run. */
  record Trajectory(String name, List<Map<?, ?>> checkpoints) {
    static Trajectory read(Path file) {
      try {
        List<Map<?, ?>> checkpoints = new ArrayList<>();
        for (Object checkpoint : Json.list(Json.object(Files.readString(file)), "checkpoints")) {
          checkpoints.add((Map<?, ?>) checkpoint);
        }
        return new Trajectory(file.getFileName().toString().replace(".json", ""), checkpoints);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    NamedRecipe recipe() {
      return switch (name.charAt(0)) {
        case 'a' -> NamedRecipe.NUMPY_BACKPROP;
        case 'b' -> NamedRecipe.NUMERICAL_GRADIENT;
        default -> NamedRecipe.ONLINE;
      };
    }

    double parameterBound() {
      return switch (recipe()) {
        case NUMPY_BACKPROP -> 5.8e-5;
        case NUMERICAL_GRADIENT -> 2.6e-6;
        default -> 6.4e-4;
      };
    }

    double[] parameters(int checkpoint) {
      Map<?, ?> all = checkpoints.get(checkpoint);
      return Stream.of("W1", "b1", "W2", "b2")
          .flatMapToDouble(tensor -> Arrays.stream(Json.numbers(Json.list(all, tensor))))
          .toArray();
    }

    /** The only output, or the probability of class 1, for each row. */
    double[] outputs(int checkpoint) {
      return Json.list(checkpoints.get(checkpoint), "outputs").stream()
          .mapToDouble(output -> Json.numbers(output)[Json.numbers(output).length - 1])
          .toArray();
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static List<Trajectory> trajectories() throws IOException {
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .sorted()
          .map(Trajectory::read)
          .toList();
    }
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int k = 0; k < floats.length; k++) {
      floats[k] = (float) values[k];
    }
    return floats;
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int k = 0; k < doubles.length; k++) {
      doubles[k] = values[k];
    }
    return doubles;
  }

  private static double[] outputs(Parameters parameters) {
    Answers answers = Answers.of(new FloatModel(parameters));
    double[] shown = new double[answers.rows()];
    for (int row = 0; row < shown.length; row++) {
      shown[row] = answers.displayedOutput(row, 0);
    }
    return shown;
  }

  private static boolean[] rounded(double[] outputs) {
    boolean[] rounded = new boolean[outputs.length];
    for (int k = 0; k < rounded.length; k++) {
      rounded[k] = outputs[k] > 0.5;
    }
    return rounded;
  }

  private static FloatLearner learner(NamedRecipe named) {
    Topology topology = named.topology(TruthTable.XOR);
    Recipe recipe = named.recipe(topology, TruthTable.XOR);
    return new FloatLearner(recipe, Samples.of(TruthTable.XOR, topology));
  }

  @Test
  void thereAreFourStartsOfEachSystem() throws IOException {
    assertEquals(
        "[a-1, a-2, a-3, a-4, b-1, b-2, b-3, b-4, c-1, c-2, c-3, c-4]", trajectories().toString());
  }

  @ParameterizedTest
  @MethodSource("trajectories")
  void floatCoreFollowsTheSourceSystem(Trajectory golden) {
    FloatLearner learner = learner(golden.recipe());
    learner.start(Parameters.of(learner.parameters().topology(), floats(golden.parameters(0))));
    learner.measure();
    int epoch = 0;
    for (int c = 0; c < golden.checkpoints.size(); c++) {
      int until = (int) Json.number(golden.checkpoints.get(c), "epoch");
      for (; epoch < until; epoch++) {
        learner.update();
        learner.measure();
      }
      String where = golden + " after " + epoch;
      Parameters found = learner.parameters();
      assertArrayEquals(
          golden.parameters(c), doubles(found.toArray()), 2 * golden.parameterBound(), where);
      assertArrayEquals(golden.outputs(c), outputs(found), 2 * OUTPUT_BOUND, where);
      assertArrayEquals(rounded(golden.outputs(c)), rounded(outputs(found)), where);
      double loss = Json.number(golden.checkpoints.get(c), "loss");
      assertEquals(loss, learner.loss(), 2 * OUTPUT_BOUND, where);
    }
    int last =
        golden
            .recipe()
            .recipe(learner.parameters().topology(), TruthTable.XOR)
            .schedule()
            .maxEpochs();
    assertEquals(last, epoch, "the recipe's epochs are the source's");
    assertEquals(!golden.name.equals("a-1"), learner.answersAll());
  }

  @Test
  void theFailingStartFailsInTheSameWay() {
    Trajectory golden = Trajectory.read(DIRECTORY.resolve("a-1.json"));
    FloatLearner learner = learner(NamedRecipe.NUMPY_BACKPROP);
    learner.start(Parameters.of(learner.parameters().topology(), floats(golden.parameters(0))));
    for (int epoch = 0; epoch < 4000; epoch++) {
      learner.measure();
      learner.update();
    }
    learner.measure();
    assertFalse(learner.answersAll());
    assertEquals(0.16840, learner.loss(), 5e-6);
    assertArrayEquals(
        new boolean[] {false, true, true, true}, rounded(outputs(learner.parameters())));
  }

  private static SourceSystem system(NamedRecipe recipe, double[] start) {
    return switch (recipe) {
      case NUMPY_BACKPROP -> SourceSystem.a(start);
      case NUMERICAL_GRADIENT -> SourceSystem.b(start);
      case ONLINE -> SourceSystem.c(start, 2, 3, 1);
      case ONLINE_DEEP -> SourceSystem.c(start, 2, 3, 3, 1);
      case DEVICE -> throw new IllegalArgumentException("the device recipe has no source");
    };
  }

  /** Checks the double-precision systems before other tests rely on them. */
  @ParameterizedTest
  @MethodSource("trajectories")
  void doublePrecisionSystemIsTheGoldenOne(Trajectory golden) {
    SourceSystem system = system(golden.recipe(), golden.parameters(0));
    int epoch = 0;
    for (int c = 0; c < golden.checkpoints.size(); c++) {
      int until = (int) Json.number(golden.checkpoints.get(c), "epoch");
      for (; epoch < until; epoch++) {
        system.epoch();
      }
      assertArrayEquals(golden.parameters(c), system.parameters(), 1e-10);
      assertEquals(Json.number(golden.checkpoints.get(c), "loss"), system.loss(), 1e-10);
      for (int row = 0; row < 4; row++) {
        assertEquals(golden.outputs(c)[row], system.output(row), 1e-10);
      }
    }
  }

  /** Compares many starts after their last epoch, where the measured drift is largest. */
  @Tag("slow")
  @ParameterizedTest
  @CsvSource({
    "numpy-backprop, 60, 4000, 5.8e-5, 15",
    "numerical-gradient, 12, 5001, 2.6e-6, 0",
    "online, 30, 10000, 6.4e-4, 2",
    "online-deep, 15, 10000, 6.4e-4, 0"
  })
  void floatCoreFollowsFromStartsOfItsOwn(
      String name, int seeds, int epochs, double bound, int failing) {
    NamedRecipe named = NamedRecipe.of(name);
    FloatLearner learner = learner(named);
    Recipe recipe = named.recipe(learner.parameters().topology(), TruthTable.XOR);
    int failures = 0;
    for (int seed = 1; seed <= seeds; seed++) {
      Parameters start = new Parameters(learner.parameters().topology());
      recipe.start().draw(new SplitMix(seed), start);
      SourceSystem system = system(named, doubles(start.toArray()));
      learner.start(start);
      for (int epoch = 0; epoch < epochs; epoch++) {
        learner.measure();
        learner.update();
        system.epoch();
      }
      learner.measure();
      double[] found = doubles(learner.parameters().toArray());
      assertArrayEquals(system.parameters(), found, 2 * bound, name + " seed " + seed);
      assertEquals(system.answersAll(), learner.answersAll(), name + " seed " + seed);
      failures += learner.answersAll() ? 0 : 1;
    }
    assertEquals(failing, failures, "starts that fail in both");
  }
}
