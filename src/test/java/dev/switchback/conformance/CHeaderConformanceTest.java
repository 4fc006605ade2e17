package dev.switchback.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.Engine;
import dev.switchback.core.fixed.QFormat;
import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.NamedRecipe;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Recipe;
import dev.switchback.core.nn.Samples;
import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.Trainer;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.sim.Requirement;
import dev.switchback.tools.foreign.CHeader;
import dev.switchback.tools.foreign.CModel;
import dev.switchback.tools.foreign.CStyle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The exported C, compiled by gcc and g++, gives the outputs of the fixed engine bit for bit. */
class CHeaderConformanceTest {

  /** Points along each side of the input square [-0.5, 1.5]^2, including 0 and 1. */
  private static final int SIDE = 257;

  /** Any warning is an error. */
  static final List<String> WARNINGS =
      List.of(
          "-Wall",
          "-Wextra",
          "-Wpedantic",
          "-Wconversion",
          "-Wsign-conversion",
          "-Wshadow",
          "-Wcast-qual",
          "-Wundef",
          "-Werror");

  /** Reads points; writes the outputs of each, and what infer and predict return. */
  private static final String MAIN =
      """
      #include "network.h"
      #include "network.h"
      #include <stdio.h>

      int main(void)
      {
          int32_t in[SWITCHBACK_INPUTS], out[SWITCHBACK_OUTPUTS + 2];
          while (fread(in, sizeof in, 1, stdin) == 1) {
              out[SWITCHBACK_OUTPUTS] = switchback_infer(in, out);
              out[SWITCHBACK_OUTPUTS + 1] = predict(in);
              fwrite(out, sizeof out, 1, stdout);
          }
          return 0;
      }
      """;

  @TempDir Path directory;

  @BeforeAll
  static void compilersAreThere() {
    Requirement.program(CHeaderConformanceTest.class, "gcc", "gcc");
    Requirement.program(CHeaderConformanceTest.class, "g++", "g++");
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(directory.resolve(file), text);
  }

  private Path log() {
    return directory.resolve("log");
  }

  /** Returns the exit code of a compiler; its messages are in the log. */
  private int compiled(String compiler, String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of(compiler));
    command.addAll(WARNINGS);
    command.addAll(List.of(options));
    command.addAll(List.of("-o", "network"));
    return run(command, new ProcessBuilder().redirectOutput(log().toFile()));
  }

  private void compile(String compiler, String... options) throws Exception {
    assertEquals(0, compiled(compiler, options), Files.readString(log()));
    assertEquals("", Files.readString(log()));
  }

  private int run(List<String> command, ProcessBuilder builder) throws Exception {
    return builder
        .command(command)
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .start()
        .waitFor();
  }

  private int run(ProcessBuilder builder) throws Exception {
    return run(List.of(directory.resolve("network").toString()), builder);
  }

  private void assertSame(HeaderCase network, String compiler, String... options) throws Exception {
    write("network.h", network.header());
    write("main.c", MAIN);
    String[] all = List.of(options).toArray(new String[options.length + 1]);
    all[options.length] = "main.c";
    compile(compiler, all);
    Path in = Files.write(directory.resolve("in"), network.pointBytes());
    Path out = directory.resolve("out");
    ProcessBuilder builder =
        new ProcessBuilder().redirectInput(in.toFile()).redirectOutput(out.toFile());
    assertEquals(0, run(builder), () -> text(out));
    network.requireRight(Files.readAllBytes(out));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** Returns the whole input square, then points far outside, where everything saturates. */
  private static int[] grid() {
    int[] far = HeaderCase.EXTREMES;
    int[] points = new int[2 * (SIDE * SIDE + far.length * far.length)];
    int k = 0;
    for (int row = 0; row < SIDE; row++) {
      for (int column = 0; column < SIDE; column++) {
        points[k++] = onSide(column);
        points[k++] = onSide(row);
      }
    }
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

  private static HeaderCase onGrid(Parameters network, CStyle style) {
    return new HeaderCase(network, style, grid());
  }

  private static HeaderCase onPoints(Parameters network, CStyle style) {
    int[] points = HeaderCase.points(network.topology().inputs(), 4000);
    return new HeaderCase(network, style, points);
  }

  private static Parameters trained(NamedRecipe named, Engine engine) {
    Recipe recipe = named.recipe(named.topology(TruthTable.XOR), TruthTable.XOR);
    Samples samples = Samples.of(TruthTable.XOR, recipe.topology());
    Trainer trainer = new Trainer(recipe, engine.learner(recipe, samples), 1, null);
    while (trainer.step()) {}
    return trainer.result();
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
    for (Engine engine : Engine.values()) {
      assertSame(onGrid(trained(recipe, engine), CStyle.DEFAULT), "gcc", "-std=c99", "-O2");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2-5-1, 'tanh,tanh', 3, -O0, 2048",
    "2-5-2, 'tanh,softmax', 40, -O3, 2048",
    "2-3-3, 'linear,linear', 90, -O2, 2048",
    "2-4-4-2, 'relu,sigmoid,softmax', 3, -Os, 2048",
    "2-1, relu, 200, -O2, 2048",
    "2-5-1, 'tanh,sigmoid', 3, -O2, 16",
    "2-5-2, 'sigmoid,softmax', 40, -O2, 256",
    "2-5-2, 'tanh,softmax', 40, -O2, 512",
    "2-5-2, 'tanh,sigmoid', 40, -O2, 1024"
  })
  void everyActivationAnswersInCAsItDoesHere(
      String widths, String activations, float range, String optimisation, int steps)
      throws Exception {
    Parameters network = HeaderCase.random(HeaderCase.topology(widths, activations), range);
    CStyle style = CStyle.DEFAULT.withTableSteps(steps);
    assertSame(onGrid(network, style), "gcc", "-std=c99", optimisation);
  }

  @ParameterizedTest
  @CsvSource({
    "1-3-1, 'sigmoid,sigmoid', 5",
    "3-40-17-2, 'tanh,relu,softmax', 1",
    "8-32-1, 'sigmoid,sigmoid', 2",
    "12-20-30, 'relu,softmax', 4",
    "4-30-3, 'relu,linear', 30"
  })
  void anyTopologyAnswersInCAsItDoesHere(String widths, String activations, float range)
      throws Exception {
    Parameters network = HeaderCase.random(HeaderCase.topology(widths, activations), range);
    assertSame(onPoints(network, CStyle.DEFAULT), "gcc", "-std=c99", "-O2");
  }

  @ParameterizedTest
  @CsvSource({
    "gcc, -std=c99",
    "gcc, -std=c11",
    "gcc, -std=c17",
    "g++, -std=c++11",
    "g++, -std=c++20"
  })
  void everyStandardTakesIt(String compiler, String standard) throws Exception {
    Topology topology = HeaderCase.topology("2-4-4-3-2", "relu,sigmoid,tanh,softmax");
    Parameters network = HeaderCase.random(topology, 3);
    String language = "g++".equals(compiler) ? "c++" : "c";
    assertSame(onPoints(network, CStyle.DEFAULT), compiler, standard, "-O1", "-x", language);
    compile(compiler, standard, "-DSWITCHBACK_SELF_TEST", "-x", language, "network.h");
    assertEquals(0, run(new ProcessBuilder()));
  }

  /** The sanitisers end the program at the first overflow, bad shift or index. */
  @ParameterizedTest
  @CsvSource({
    "2-6-6-2, 'sigmoid,tanh,softmax', 60, 2048",
    "2-6-6-2, 'sigmoid,tanh,softmax', 60, 16",
    "2-6-6-2, 'sigmoid,tanh,softmax', 60, 512",
    "3-9-9-2, 'relu,linear,linear', 90, 2048"
  })
  void nothingIsLeftToTheCompiler(String widths, String activations, float range, int steps)
      throws Exception {
    Parameters network = HeaderCase.random(HeaderCase.topology(widths, activations), range);
    assertSame(
        onPoints(network, CStyle.DEFAULT.withTableSteps(steps)),
        "gcc",
        "-O1",
        "-fsanitize=undefined,address",
        "-fno-sanitize-recover=all");
  }

  /** 4096 weights and inputs, all at their limits, fill a sum up to 2^62. */
  @Test
  void theWidestSumDoesNotOverflow() throws Exception {
    Topology topology = new Topology(new int[] {Topology.MAX_WIDTH, 2}, Activation.LINEAR);
    float[] values = new float[topology.parameterCount()];
    for (int k = 0; k < values.length; k++) {
      values[k] = k % 2 == 0 ? -128f : 127.9f;
    }
    int[] points = new int[2 * Topology.MAX_WIDTH];
    for (int k = 0; k < points.length; k++) {
      points[k] = k < Topology.MAX_WIDTH ? QFormat.MIN_VALUE : QFormat.MAX_VALUE;
    }
    assertSame(
        new HeaderCase(Parameters.of(topology, values), CStyle.DEFAULT, points),
        "gcc",
        "-O1",
        "-fsanitize=undefined,address",
        "-fno-sanitize-recover=all");
  }

  @Test
  void inputsAreSafeUpToTheLimitAndCutFarBeyond() throws Exception {
    Parameters network =
        Parameters.of(HeaderCase.topology("1-1-1", "linear,linear"), 1f, 0f, 100f, 0f);
    int limit = (int) ((((long) QFormat.MAX_VALUE) << 16) / (100 << 16));
    int[] points = {0, limit, -limit, limit + 1, -limit - 1, Integer.MIN_VALUE, 1000 << 16};
    HeaderCase header = new HeaderCase(network, CStyle.DEFAULT, points);
    assertTrue(header.header().contains("_INPUT_LIMIT INT32_C(" + limit + ")\n"));
    assertSame(header, "gcc", "-O2");
    CModel model = new CModel(network, CStyle.DEFAULT);
    assertNotEquals(CModel.CUT, model.predict(new int[] {-limit}));
    assertEquals(CModel.CUT, model.predict(new int[] {limit + 1}));
  }

  /** The right answer for a reading of 1000 is 1; 0.001 is 66 * 2^-16, 0.7 % more. */
  @Test
  void aReadingOfAThousandIsNoOverflow() throws Exception {
    Parameters network =
        Parameters.of(HeaderCase.topology("1-1-1", "linear,linear"), 1f, 0f, 0.001f, 0f);
    assertSame(new HeaderCase(network, CStyle.DEFAULT, new int[] {1000 << 16}), "gcc", "-O2");
    int[] output = new int[1];
    assertEquals(false, new CModel(network, CStyle.DEFAULT).infer(new int[] {1000 << 16}, output));
    assertEquals(66 * 1000, output[0]);
  }

  private static final String TWO =
      """
      #include "xor.h"
      #include "and.h"
      #include "xor.h"
      #include <stdio.h>

      int main(void)
      {
          for (int row = 0; row < 4; row++) {
              int32_t in[XOR_INPUTS] = {(row >> 1) * XOR_ONE, (row & 1) * XOR_ONE};
              printf("%d%d", xor_predict(in), and_predict(in));
          }
          return 0;
      }
      """;

  @ParameterizedTest
  @ValueSource(strings = {"gcc", "g++"})
  void twoNetworksAnswerInOneProgram(String compiler) throws Exception {
    Topology topology = HeaderCase.topology("2-1", "sigmoid");
    Parameters and = Parameters.of(topology, 10f, 10f, -15f);
    write("xor.h", header(trained(NamedRecipe.DEVICE, Engine.FLOAT), "xor"));
    write("and.h", header(and, "and"));
    write("two.c", TWO);
    compile(compiler, "-x", "g++".equals(compiler) ? "c++" : "c", "two.c");
    Path out = directory.resolve("out");
    assertEquals(0, run(new ProcessBuilder().redirectOutput(out.toFile())));
    assertEquals("00101001", Files.readString(out));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "door"})
  void twoNetworksWithOnePrefixDoNotCompile(String name) throws Exception {
    Topology topology = HeaderCase.topology("2-1", "sigmoid");
    String prefix = name.isEmpty() ? null : name;
    write("a.h", header(Parameters.of(topology, 10f, 10f, -15f), prefix));
    write("b.h", header(Parameters.of(topology, 10f, 10f, -5f), prefix));
    write("both.c", "#include \"a.h\"\n#include \"b.h\"\nint main(void) { return 0; }\n");
    assertEquals(1, compiled("gcc", "both.c"));
    String advice = "two networks have one prefix; give another with switchback convert --prefix";
    String said = Files.readString(log());
    assertTrue(said.contains(advice), said);
    assertEquals(1, said.lines().filter(line -> line.contains("error:")).count(), said);
  }

  private static String header(Parameters network, @Nullable String prefix) {
    return CHeader.of(new CModel(network, CStyle.DEFAULT.withPrefix(prefix)), null);
  }

  @ParameterizedTest
  @CsvSource({
    "2-5-1, 'tanh,tanh', 3, 2048",
    "5-8-2, 'relu,softmax', 3, 2048",
    "1-1, sigmoid, 9, 2048",
    "3-5-1, 'tanh,sigmoid', 3, 16"
  })
  void itsSelfTestKnowsRightAnswersFromWrongOnes(
      String widths, String activations, float range, int steps) throws Exception {
    Parameters network = HeaderCase.random(HeaderCase.topology(widths, activations), range);
    String header = new HeaderCase(network, new CStyle("door", steps), new int[0]).header();
    assertEquals(0, selfTested(header));
    int answers = header.indexOf("{", header.indexOf("door_answers[")) + "{\n    ".length();
    char wrong = header.charAt(answers) == '0' ? '1' : '0';
    assertEquals(
        1, selfTested(header.substring(0, answers) + wrong + header.substring(answers + 1)));
  }

  /** Returns the exit code of the header's self-test program. */
  private int selfTested(String header) throws Exception {
    write("network.h", header);
    compile("gcc", "-DDOOR_SELF_TEST", "-std=c99", "-x", "c", "network.h");
    return run(new ProcessBuilder());
  }
}
