package dev.switchback.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.Engine;
import dev.switchback.core.fixed.FixedModel;
import dev.switchback.core.fixed.QFormat;
import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.NamedRecipe;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Recipe;
import dev.switchback.core.nn.Samples;
import dev.switchback.core.nn.SplitMix;
import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.Trainer;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.sim.Requirement;
import dev.switchback.tools.foreign.CHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The exported C, compiled by gcc, gives the outputs of the fixed engine bit for bit. */
class CHeaderConformanceTest {

  /** Points along each side of the input square [-0.5, 1.5]^2, including 0 and 1. */
  private static final int SIDE = 257;

  /** Reads points and writes the outputs and the answer of each. */
  private static final String MAIN =
      """
      #include "network.h"
      #include <stdio.h>

      int main(void)
      {
          int32_t in[SWITCHBACK_INPUTS], out[SWITCHBACK_OUTPUTS + 1];
          while (fread(in, sizeof in, 1, stdin) == 1) {
              switchback_infer(in, out);
              out[SWITCHBACK_OUTPUTS] = predict(in);
              fwrite(out, sizeof out, 1, stdout);
          }
          return 0;
      }
      """;

  @TempDir Path directory;

  @BeforeAll
  static void gccIsThere() {
    Requirement.program(CHeaderConformanceTest.class, "gcc", "gcc");
  }

  private void compile(Parameters parameters, String... options) throws Exception {
    Files.writeString(directory.resolve("network.h"), CHeader.of(parameters, null));
    Files.writeString(directory.resolve("main.c"), MAIN);
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.add("main.c");
    gcc(arguments.toArray(String[]::new));
  }

  private void gcc(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("gcc", "-std=c99", "-pedantic", "-Werror"));
    command.addAll(List.of("-Wall", "-Wextra", "-Wconversion", "-Wshadow"));
    command.addAll(List.of(arguments));
    command.addAll(List.of("-o", "network"));
    Path log = directory.resolve("gcc.log");
    int exitCode = run(command, new ProcessBuilder().redirectOutput(log.toFile()));
    assertEquals(0, exitCode, Files.readString(log));
    assertEquals("", Files.readString(log));
  }

  private int run(List<String> command, ProcessBuilder builder) throws Exception {
    return builder
        .command(command)
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .start()
        .waitFor();
  }

  /** Returns the raw outputs and the answer of every point. */
  private int[] answered(int[] points, int results) throws Exception {
    Path in = directory.resolve("in");
    Path out = directory.resolve("out");
    ByteBuffer bytes =
        ByteBuffer.allocate(Integer.BYTES * points.length).order(ByteOrder.nativeOrder());
    bytes.asIntBuffer().put(points);
    Files.write(in, bytes.array());
    ProcessBuilder builder =
        new ProcessBuilder().redirectInput(in.toFile()).redirectOutput(out.toFile());
    String program = directory.resolve("network").toString();
    assertEquals(0, run(List.of(program), builder), () -> text(out));
    int[] found = new int[results];
    ByteBuffer read = ByteBuffer.wrap(Files.readAllBytes(out)).order(ByteOrder.nativeOrder());
    assertEquals(Integer.BYTES * results, read.capacity());
    read.asIntBuffer().get(found);
    return found;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static int[] expected(FixedModel model, int[] points) {
    int inputs = model.topology().inputs();
    int outputs = model.topology().outputs();
    int[] out = new int[outputs];
    float[] answering = new float[outputs];
    int[] all = new int[points.length / inputs * (outputs + 1)];
    for (int p = 0, k = 0; p < points.length; p += inputs) {
      model.inferRaw(Arrays.copyOfRange(points, p, p + inputs), out);
      for (int j = 0; j < outputs; j++) {
        all[k++] = out[j];
        answering[j] = QFormat.dequantize(out[j]);
      }
      all[k++] = model.topology().answer(answering);
    }
    return all;
  }

  private void assertSame(Parameters parameters, int[] points, String... options) throws Exception {
    compile(parameters, options);
    int[] expected = expected(new FixedModel(parameters), points);
    int[] found = answered(points, expected.length);
    int difference = Arrays.mismatch(expected, found);
    assertEquals(-1, difference, () -> expected[difference] + ", C gave " + found[difference]);
  }

  /** Returns the whole input square, then points far outside, where everything saturates. */
  private static int[] grid() {
    int[] points = new int[2 * (SIDE * SIDE + 16)];
    int k = 0;
    for (int row = 0; row < SIDE; row++) {
      for (int column = 0; column < SIDE; column++) {
        points[k++] = onSide(column);
        points[k++] = onSide(row);
      }
    }
    int[] far = {QFormat.MIN_VALUE, QFormat.MAX_VALUE, -5 * QFormat.ONE - 1, 7 * QFormat.ONE + 1};
    for (int a : far) {
      for (int b : far) {
        points[k++] = a;
        points[k++] = b;
      }
    }
    return points;
  }

  private static int onSide(int step) {
    return (int) ((2L * step * QFormat.ONE) / (SIDE - 1)) - QFormat.ONE / 2;
  }

  private static Parameters trained(NamedRecipe named, Engine engine) {
    Recipe recipe = named.recipe(named.topology(TruthTable.XOR), TruthTable.XOR);
    Samples samples = Samples.of(TruthTable.XOR, recipe.topology());
    Trainer trainer = new Trainer(recipe, engine.learner(recipe, samples), 1, null);
    while (trainer.step()) {}
    return trainer.result();
  }

  private static Parameters random(Topology topology, float range) {
    SplitMix stream = new SplitMix(7);
    float[] values = new float[topology.parameterCount()];
    for (int k = 0; k < values.length; k++) {
      values[k] = (float) stream.nextGaussian() * range;
    }
    return Parameters.of(topology, values);
  }

  private static int[] randomPoints(int inputs) {
    SplitMix stream = new SplitMix(8);
    int[] points = new int[4000 * inputs];
    for (int k = 0; k < points.length; k++) {
      points[k] = QFormat.quantize((float) stream.nextGaussian());
    }
    return points;
  }

  @Test
  void theGridHoldsEverySwitchPosition() {
    int[] grid = grid();
    for (int row = 0; row < TruthTable.XOR.rows(); row++) {
      int a = TruthTable.XOR.input(row, 0) * QFormat.ONE;
      int b = TruthTable.XOR.input(row, 1) * QFormat.ONE;
      boolean found = false;
      for (int k = 0; k < grid.length; k += 2) {
        found |= grid[k] == a && grid[k + 1] == b;
      }
      assertTrue(found, "row " + row);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyRecipeAnswersInCAsItDoesHere(NamedRecipe recipe) throws Exception {
    int[] grid = grid();
    for (Engine engine : Engine.values()) {
      assertSame(trained(recipe, engine), grid, "-O2");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2-5-1, 'tanh,tanh', 3, -O0",
    "2-5-2, 'tanh,softmax', 40, -O3",
    "2-3-3, 'linear,linear', 90, -O2",
    "2-4-4-2, 'relu,sigmoid,softmax', 3, -Os",
    "2-1, relu, 200, -O2"
  })
  void everyActivationAnswersInCAsItDoesHere(
      String widths, String activations, float range, String optimisation) throws Exception {
    assertSame(random(topology(widths, activations), range), grid(), optimisation);
  }

  @ParameterizedTest
  @CsvSource({
    "1-3-1, 'sigmoid,sigmoid', 5",
    "3-40-17-2, 'tanh,relu,softmax', 1",
    "8-32-1, 'sigmoid,sigmoid', 2",
    "12-20-30, 'relu,softmax', 4"
  })
  void anyTopologyAnswersInCAsItDoesHere(String widths, String activations, float range)
      throws Exception {
    Topology topology = topology(widths, activations);
    assertSame(random(topology, range), randomPoints(topology.inputs()), "-O2");
  }

  /** The sanitiser ends the program at the first overflow, bad shift or index. */
  @Test
  void nothingIsLeftToTheCompiler() throws Exception {
    Topology topology = topology("2-6-6-2", "sigmoid,tanh,softmax");
    assertSame(
        random(topology, 60), grid(), "-O1", "-fsanitize=undefined", "-fno-sanitize-recover=all");
  }

  @ParameterizedTest
  @CsvSource({"2-5-1, 'tanh,tanh', 3", "5-8-2, 'relu,softmax', 3", "1-1, sigmoid, 9"})
  void itsSelfTestKnowsRightAnswersFromWrongOnes(String widths, String activations, float range)
      throws Exception {
    String header = CHeader.of(random(topology(widths, activations), range), null);
    assertEquals(0, selfTested(header));
    int answers = header.indexOf("{", header.indexOf("switchback_answers[")) + "{\n    ".length();
    char wrong = header.charAt(answers) == '0' ? '1' : '0';
    assertEquals(
        1, selfTested(header.substring(0, answers) + wrong + header.substring(answers + 1)));
  }

  /** Returns the exit code of the header's self-test program. */
  private int selfTested(String header) throws Exception {
    Files.writeString(directory.resolve("network.h"), header);
    gcc("-DSWITCHBACK_SELF_TEST", "-x", "c", "network.h");
    return run(List.of(directory.resolve("network").toString()), new ProcessBuilder());
  }

  private static Topology topology(String widths, String activations) {
    return Topology.parse(
        widths,
        Arrays.stream(activations.split(",", -1)).map(Activation::of).toArray(Activation[]::new));
  }
}
