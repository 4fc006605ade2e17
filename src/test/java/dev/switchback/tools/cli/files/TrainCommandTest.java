package dev.switchback.tools.cli.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.Engine;
import dev.switchback.core.fixed.QFormat;
import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Answers;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Topology;
import dev.switchback.format.Safetensors;
import dev.switchback.sim.Json;
import dev.switchback.tools.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainCommandTest {
  @TempDir Path directory;

  private Path file(String name) {
    return directory.resolve(name);
  }

  private CommandLineRun train(Path file, String... more) {
    String[] args = new String[more.length + 3];
    args[0] = "train";
    args[1] = "--out";
    args[2] = file.toString();
    System.arraycopy(more, 0, args, 3, more.length);
    return CommandLineRun.of(args);
  }

  @Test
  void writesSolvedXorAsSafetensors() throws IOException {
    CommandLineRun run = train(file("w"));
    assertEquals(0, run.exitCode(), run.err());
    Safetensors.Content content = Safetensors.read(Files.readAllBytes(file("w")));
    assertEquals("2-2-1", content.parameters().topology().toString());
    assertEquals("sigmoid,sigmoid", content.metadata().get("activations"));
    assertEquals("0110", Answers.of(Engine.FLOAT.model(content.parameters())).toString());
    assertTrue(run.out().contains("0 1       1  0.98"), run.out());
    assertEquals("", run.err());
  }

  @Test
  void jsonTellsTheWholeResult() throws IOException {
    Map<String, Object> json = train(file("w"), "--json", "--seed", "7").json();
    assertEquals(1L, json.get("schemaVersion"));
    assertEquals(true, json.get("solved"));
    assertEquals("0110", json.get("truth"));
    assertEquals("0110", json.get("answers"));
    assertEquals(7L, json.get("seed"));
    assertEquals("device", json.get("recipe"));
    assertEquals(file("w").toString(), json.get("out"));
    assertEquals(4, Json.list(json, "rows").size());
    assertTrue(Json.number(json, "loss") < 0.01);
  }

  @Test
  void sameSeedSameBytesAndAnotherSeedOthers() throws IOException {
    train(file("a"), "--seed", "3");
    train(file("b"), "--seed", "3");
    train(file("c"), "--seed", "4");
    assertArrayEquals(Files.readAllBytes(file("a")), Files.readAllBytes(file("b")));
    assertNotEquals(
        Safetensors.read(Files.readAllBytes(file("a"))).parameters(),
        Safetensors.read(Files.readAllBytes(file("c"))).parameters());
  }

  @Test
  void fixedEngineWritesValuesOfItsFormat() throws IOException {
    train(file("w"), "--engine", "fixed");
    for (float value : Safetensors.read(Files.readAllBytes(file("w"))).parameters().toArray()) {
      assertEquals(value, QFormat.dequantize(QFormat.quantize(value)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0001, 2-2-1, 'sigmoid'",
    "0110, 2-3-1, 'tanh,sigmoid'",
    "0110, 2-8-2, 'relu,softmax'",
    "01, 1-2-1, 'sigmoid'",
    "01101001, 3-12-1, 'sigmoid'",
    "0110100110010110, 4-16-1, 'tanh'"
  })
  void learnsOtherTablesShapesAndActivations(String truth, String topology, String activations)
      throws IOException {
    for (String engine : List.of("float", "fixed")) {
      Map<String, Object> json =
          train(
                  file("w"),
                  "--json",
                  "--truth",
                  truth,
                  "--topology",
                  topology,
                  "--activation",
                  activations,
                  "--engine",
                  engine)
              .json();
      assertEquals(true, json.get("solved"), json.toString());
      assertEquals(truth, json.get("answers"));
    }
  }

  @ParameterizedTest
  @CsvSource({"01, 1-2-1", "0110, 2-2-1", "00010111, 3-12-1", "0110100110010110, 4-16-1"})
  void choosesTheTopologyForTheTruthTable(String truth, String topology) throws IOException {
    assertEquals(topology, train(file("w"), "--json", "--truth", truth).json().get("topology"));
  }

  @Test
  void anUnsolvableTableEndsWithAWarningAndAFile() throws IOException {
    CommandLineRun run = train(file("w"), "--topology", "2-1-1", "--json");
    assertEquals(0, run.exitCode());
    assertEquals(false, run.json().get("solved"));
    assertTrue(
        run.err()
            .contains(
                "2-1-1 cannot part XOR 0110 by one line: use more hidden neurons, such as 2-2-1"),
        run.err());
    assertTrue(Files.exists(file("w")));
  }

  @ParameterizedTest
  @CsvSource({
    "numpy-backprop, linear, 2-8-1, 0000",
    "numpy-backprop, linear, 2-8-2, '0000,1111'",
    "numpy-backprop, linear, 2-8-1, 1111",
    "online, linear, 2-8-1, 0110",
    "online, linear, 2-15-15-2, '0000,0110'"
  })
  void overflowIsNotSolvedAndLeavesTheBestWeightsBefore(
      String recipe, String activation, String topology, String truth) throws IOException {
    Path log = directory.resolve("w.log.csv");
    CommandLineRun run =
        train(
            file("w"),
            "--recipe",
            recipe,
            "--activation",
            activation,
            "--topology",
            topology,
            "--truth",
            truth,
            "--log-every",
            "1",
            "--plot",
            file("pictures").toString(),
            "--json");
    assertEquals(0, run.exitCode(), run.err());
    Map<String, Object> json = run.json();
    assertEquals(false, json.get("solved"));
    assertEquals(true, json.get("overflowed"));
    assertTrue(Double.isFinite(Json.number(json, "loss")));
    assertTrue(
        run.err().contains("the numbers of recipe " + recipe + " overflowed with topology "),
        run.err());
    assertTrue(run.err().contains("try sigmoid or tanh, or the recipe device"), run.err());
    assertEquals(0, CommandLineRun.of("eval", file("w").toString()).exitCode());
    assertFalse(run.out().contains("NaN") || run.out().contains("Infinity"), run.out());
    String csv = Files.readString(log);
    assertFalse(csv.contains("NaN") || csv.contains("Infinity"), csv);
  }

  @Test
  void withoutFiniteOutputsNothingIsWritten() throws IOException {
    Parameters huge = new Parameters(Topology.parse("2-2-1", Activation.LINEAR));
    huge.fill(3e38f);
    Files.write(file("huge"), Safetensors.write(huge, Map.of()));
    CommandLineRun run =
        train(file("w"), "--recipe", "numpy-backprop", "--init", file("huge").toString());
    assertEquals(2, run.exitCode());
    assertTrue(run.err().contains("nothing to write: no weights had finite outputs"), run.err());
    assertEquals("", run.out());
    assertFalse(Files.exists(file("w")));
  }

  @Test
  void studyCountsOverflowsAsUnsolved() throws IOException {
    Map<String, Object> json =
        CommandLineRun.of(
                "train --study 20 --recipe numpy-backprop --activation linear --topology 2-8-1"
                    .concat(" --truth 0000 --log-every 100 --json")
                    .split(" "))
            .json();
    assertEquals(20L, json.get("unsolved"));
    for (Object checkpoint : Json.list(json, "solvedAfter")) {
      assertEquals(0L, ((Map<?, ?>) checkpoint).get("solved"));
    }
  }

  @Test
  void theFormerNameOfARecipeTrainsAndIsNotWritten() throws Exception {
    CommandLineRun run = train(file("w"), "--recipe", "reference-a", "--epochs", "10", "--json");
    assertEquals("numpy-backprop", run.json().get("recipe"));
    assertTrue(Files.readString(file("w"), ISO_8859_1).contains("\"recipe\":\"numpy-backprop\""));
    assertTrue(CommandLineRun.of("recipes").out().contains("\nonline (formerly reference-c)\n"));
    assertFalse(CommandLineRun.of("recipes").out().contains("formerly device"));
  }

  @ParameterizedTest
  @CsvSource({"numpy-backprop, fixed", "numerical-gradient, fixed", "numerical-gradient, float"})
  void studyAndTrainingJudgeAlike(String recipe, String engine) throws IOException {
    int solved = 0;
    for (int seed = 1; seed <= 12; seed++) {
      Map<String, Object> json =
          train(
                  file("w"),
                  "--recipe",
                  recipe,
                  "--engine",
                  engine,
                  "--epochs",
                  "1500",
                  "--seed",
                  String.valueOf(seed),
                  "--json")
              .json();
      assertEquals("0110".equals(json.get("answers")), json.get("solved"));
      solved += Boolean.TRUE.equals(json.get("solved")) ? 1 : 0;
    }
    Map<String, Object> json =
        CommandLineRun.of(
                "train",
                "--study",
                "12",
                "--recipe",
                recipe,
                "--engine",
                engine,
                "--epochs",
                "1500",
                "--json")
            .json();
    assertEquals(12L - solved, json.get("unsolved"));
  }

  @Test
  void epochsCapTheTraining() throws IOException {
    Map<String, Object> json = train(file("w"), "--epochs", "5", "--json").json();
    assertEquals(5L, json.get("epochs"));
    assertEquals(false, json.get("solved"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "train | name the output file: --out FILE",
        "train --out w --truth 011 | a truth table has 2, 4, 8, ... or 256 digits",
        "train --out w --truth 01x0 | truth table digit 3 is 'x', not 0 or 1",
        "train --out w --topology 2x2 | topology '2x2' is not widths joined by '-'",
        "train --out w --truth 0110 --topology 3-2-1 | has inputs 3, LEDs 1; the truth table has inputs 2, LEDs 1",
        "train --out w --topology 2-0-1 | a layer width is 1 to 4096, not 0",
        "train --out w --activation sigmoit | unknown activation 'sigmoit'",
        "train --out w --activation sigmoid,tanh,relu | 2 dense layers need 2 activations, not 3",
        "train --out w --engine int8 | unknown engine 'int8': use float or fixed",
        "train --out w --recipe best | unknown recipe 'best': use device, numpy-backprop",
        "train --out w --epochs 0 | '--epochs': '0': a whole number expected, 1 or more",
        "train --out w --seed x | Invalid value for option '--seed': 'x': a whole number expected, -9",
        "train --study 0 | '--study': '0': a whole number expected, 1 to 100000000",
        "train --study 5 --out w | --study writes no file",
        "trian | Did you mean: switchback train or",
        "eval | Missing required parameter: 'FILE'",
        "eval no-such-file | no such file or directory: no-such-file",
        "eval pom.xml | pom.xml is XML or HTML; Switchback reads .img",
        "eval src | src is a directory"
      })
  void badInputExitsWithTwoAndSaysWhy(String args, String message) {
    CommandLineRun run = CommandLineRun.of(args.strip().split(" "));
    assertEquals(2, run.exitCode());
    assertTrue(run.err().contains(message), run.err());
    assertEquals("", run.out());
    assertFalse(Files.exists(Path.of("w")));
  }

  @Test
  void theStudyBeatsTheBestKnownTrainer() throws IOException {
    Map<String, Object> json = CommandLineRun.of("train", "--study", "20000", "--json").json();
    assertEquals(20_000L, json.get("runs"));
    assertEquals("2-2-1", json.get("topology"));
    List<?> studies = Json.list(json, "studies");
    Map<?, ?> small = (Map<?, ?>) studies.get(0);
    Map<?, ?> large = (Map<?, ?>) studies.get(1);
    assertEquals(0L, small.get("unsolved"));
    assertEquals(0L, large.get("unsolved"));
    assertTrue(
        Json.number(small, "median") <= 46 && Json.number(small, "p99") <= 209, json.toString());
    assertTrue(
        Json.number(large, "median") <= 34 && Json.number(large, "p99") <= 110, json.toString());
    assertTrue(Json.number(small, "max") >= Json.number(small, "p99"));
  }

  @Test
  void studiesDoNotDependOnTheNumberOfThreads() throws IOException {
    String once = CommandLineRun.of("train", "--study", "700", "--engine", "fixed").out();
    assertEquals(once, CommandLineRun.of("train", "--study", "700", "--engine", "fixed").out());
    assertTrue(once.contains("2-3-1"), once);
  }

  @Test
  void theTableOfALogFitsAnyTerminal() {
    for (String topology : List.of("2-2-1", "3-6-1", "8-16-1")) {
      CommandLineRun run =
          train(file("w"), "--topology", topology, "--epochs", "20", "--log-every", "5");
      assertEquals(0, run.exitCode(), run.err());
      run.out().lines().limit(5).forEach(line -> assertTrue(line.length() <= 80, line));
    }
  }

  @Test
  void evalPrintsTheTruthTableInEitherEngine() throws IOException {
    train(file("w"));
    CommandLineRun text = CommandLineRun.of("eval", file("w").toString());
    assertEquals(
        """
        2-2-1 sigmoid,sigmoid, float
        A B  answer  output
        0 0       0  0.0113
        0 1       1  0.9830
        1 0       1  0.9535
        1 1       0  0.0807
        """,
        text.out());
    Map<String, Object> json =
        CommandLineRun.of("eval", file("w").toString(), "--engine", "fixed", "--json").json();
    assertEquals("fixed", json.get("engine"));
    assertEquals("0110", json.get("answers"));
    Map<?, ?> row = (Map<?, ?>) Json.list(json, "rows").get(1);
    assertEquals(List.of(0L, 1L), row.get("inputs"));
    assertEquals(1L, row.get("answer"));
    double output = (double) Json.list(row, "outputs").getFirst();
    assertEquals(0.9830, output, 1e-4);
    assertEquals(Math.rint(output * 65536) / 65536, output, 1e-7);
  }
}
