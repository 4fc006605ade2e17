package dev.switchback.tools.cli.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.Engine;
import dev.switchback.core.nn.NamedRecipe;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.format.Safetensors;
import dev.switchback.sim.Json;
import dev.switchback.tools.CommandLineRun;
import dev.switchback.tools.foreign.Stated;
import dev.switchback.tools.foreign.WeightFile;
import dev.switchback.tools.plot.TrainingLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Given starts, logs and pictures of {@code train}. */
class TrainFilesTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/trajectories");

  @TempDir Path directory;

  private Path file(String name) {
    return directory.resolve(name);
  }

  private CommandLineRun train(String... options) {
    return trainTo("w.safetensors", options);
  }

  private CommandLineRun trainTo(String name, String... options) {
    return CommandLineRun.of(
        Stream.concat(Stream.of("train", "--out", file(name).toString()), Stream.of(options))
            .toArray(String[]::new));
  }

  private WeightFile read(String name) throws IOException {
    return WeightFile.read(file(name), Stated.NOTHING);
  }

  @ParameterizedTest
  @CsvSource({
    "w, ''",
    "w.safetensors, ''",
    "w.img, ''",
    "w.onnx, ''",
    "w.npz, npz",
    "xor-W1.npy, npy"
  })
  void theEndingSelectsTheFormat(String name, String losing) throws IOException {
    assertEquals(0, trainTo("expected.safetensors", "--engine", "fixed").exitCode());
    WeightFile expected = read("expected.safetensors");
    CommandLineRun run = trainTo(name, "--engine", "fixed", "--log-every", "10");
    assertEquals(0, run.exitCode(), run.err());
    String warning =
        "switchback: "
            + losing
            + " stores no activations; read it with --activation sigmoid,sigmoid";
    assertEquals(losing.isEmpty() ? "" : warning + "\n", run.err());
    WeightFile found = read(name);
    assertEquals(expected.parameters(), found.parameters());
    if (losing.isEmpty()) {
      assertEquals("0110", found.metadata().get("lesson"));
      assertEquals(Engine.FIXED, found.engine());
      assertEquals(Set.of(), found.assumed());
    }
    assertTrue(names().contains(name.replaceFirst("[.].*", "") + ".log.csv"), "" + names());
    assertTrue(run.out().contains("written: " + file(name) + "\n"), run.out());
  }

  @Test
  void aHeaderForMicrocontrollersIsWritten() throws IOException {
    CommandLineRun run = trainTo("w.h", "--json");
    assertEquals(List.of(file("w.h").toString()), run.json().get("written"));
    assertEquals(List.of(), run.json().get("warnings"));
    assertTrue(Files.readString(file("w.h")).contains("#include <stdint.h>"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "w.net | a name in .img, .safetensors, .npz, .npy, .onnx or .h expected",
        "w.v2.bin | a name in .img, .safetensors, .npz, .npy, .onnx or .h expected",
        "w.npy | the name of the first file of a set expected, W1.npy or",
        "w.img --topology 2-500-600-1 | takes 1,211,444 bytes as an image",
        "w.h --topology 2-600-1800-1 | a C header holds at most 1048576"
      })
  void whatCannotBeWrittenIsRefusedBeforeTheTraining(String options, String message)
      throws IOException {
    String[] words = options.strip().split(" ", -1);
    String[] more = Arrays.copyOfRange(words, 1, words.length + 2);
    more[words.length - 1] = "--epochs";
    more[words.length] = "2000000000";
    CommandLineRun run = trainTo(words[0], more);
    assertEquals(2, run.exitCode());
    assertTrue(run.err().contains(message), run.err());
    assertEquals(List.of(), names());
  }

  @Test
  void noFileOfASetIsTheStart() throws IOException {
    assertEquals(0, trainTo("W1.npy").exitCode());
    CommandLineRun run = trainTo("W1.npy", "--init", file("b2.npy").toString());
    assertEquals(2, run.exitCode());
    assertTrue(run.err().contains("is read and would be overwritten"), run.err());
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> directory.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  private static double[] parameters(Map<?, ?> checkpoint) {
    return Json.numbers(
        List.of(
            Json.list(checkpoint, "W1"),
            Json.list(checkpoint, "b1"),
            Json.list(checkpoint, "W2"),
            Json.list(checkpoint, "b2")));
  }

  private static Parameters asFloats(Topology topology, double[] values) {
    float[] floats = new float[values.length];
    for (int k = 0; k < floats.length; k++) {
      floats[k] = (float) values[k];
    }
    return Parameters.of(topology, floats);
  }

  /** Anybody's start can be replayed: here those of the golden trajectories. */
  @ParameterizedTest
  @CsvSource({
    "a-1, numpy-backprop, 1.16e-4, false",
    "a-2, numpy-backprop, 1.16e-4, true",
    "b-1, numerical-gradient, 5.2e-6, true",
    "c-1, online, 1.28e-3, true"
  })
  void aGivenStartIsFollowedFromCheckpointToCheckpoint(
      String name, String recipe, double bound, boolean solved) throws IOException {
    List<?> checkpoints =
        Json.list(Json.object(Files.readString(GOLDEN.resolve(name + ".json"))), "checkpoints");
    Topology topology = NamedRecipe.of(recipe).topology(TruthTable.XOR);
    Parameters start = asFloats(topology, parameters((Map<?, ?>) checkpoints.getFirst()));
    Files.write(file("start.safetensors"), Safetensors.write(start, Map.of()));
    CommandLineRun run =
        train(
            "--recipe",
            recipe,
            "--init",
            file("start.safetensors").toString(),
            "--log-every",
            "10",
            "--json");
    assertEquals(0, run.exitCode(), run.err());
    Map<String, Object> json = run.json();
    assertEquals(solved, json.get("solved"));
    Map<Integer, Map<?, ?>> rows = new HashMap<>();
    for (Object row : Json.list(json, "log")) {
      rows.put((int) Json.number((Map<?, ?>) row, "epoch"), (Map<?, ?>) row);
    }
    for (Object object : checkpoints) {
      Map<?, ?> checkpoint = (Map<?, ?>) object;
      int epoch = (int) Json.number(checkpoint, "epoch");
      assertEquals(epoch != 1, rows.containsKey(epoch), "every ten epochs, and the last");
      if (epoch != 1) {
        Map<?, ?> row = Objects.requireNonNull(rows.get(epoch));
        assertEquals(Json.number(checkpoint, "loss"), Json.number(row, "loss"), 1.4e-5);
      }
    }
    Parameters result = Safetensors.read(Files.readAllBytes(file("w.safetensors"))).parameters();
    double[] expected = parameters((Map<?, ?>) checkpoints.getLast());
    for (int k = 0; k < expected.length; k++) {
      assertEquals(expected[k], result.toArray()[k], bound, name + " parameter " + k);
    }
  }

  @Test
  void aStartFromNumpyTakesTheActivationsOfTheRecipe() throws IOException {
    CommandLineRun run =
        train(
            "--recipe",
            "numpy-backprop",
            "--init",
            "src/test/resources/numpy/savez.npz",
            "--epochs",
            "1",
            "--json");
    assertEquals(0, run.exitCode(), run.err());
    assertEquals("sigmoid,sigmoid", run.json().get("activations"));
    Safetensors.Content content = Safetensors.read(Files.readAllBytes(file("w.safetensors")));
    assertEquals("savez.npz", content.metadata().get("init"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--topology 2-4-1 | is 2-2-1, not --topology 2-4-1",
        "--activation tanh,sigmoid | has activations sigmoid,sigmoid, not those of --activation",
        "--truth 01101001 | the truth table has inputs 3, LEDs 1",
      })
  void aStartOfAnotherNetworkIsRefused(String options, String message) throws IOException {
    Topology topology = NamedRecipe.DEVICE.topology(TruthTable.XOR);
    Files.write(file("start"), Safetensors.write(new Parameters(topology), Map.of()));
    CommandLineRun run = train(("--init " + file("start") + " " + options.strip()).split(" ", -1));
    assertEquals(2, run.exitCode());
    assertTrue(run.err().contains(message), run.err());
    assertFalse(Files.exists(file("w.safetensors")));
  }

  @Test
  void theLogIsPrintedAndWrittenBesideTheWeights() throws IOException {
    CommandLineRun run = train("--recipe", "numpy-backprop", "--epochs", "25", "--log-every", "10");
    assertEquals(List.of("w.log.csv", "w.safetensors"), names());
    TrainingLog log = TrainingLog.parse(Files.readString(file("w.log.csv")));
    assertEquals(List.of(0, 10, 20, 25), log.rows().stream().map(TrainingLog.Row::epoch).toList());
    List<String> lines = run.out().lines().toList();
    assertTrue(lines.get(0).endsWith("00      01      10      11"), lines.get(0));
    assertTrue(lines.get(1).startsWith("       0   0.26050         0  0.3959"), lines.get(1));
    assertTrue(lines.get(4).startsWith("      25 "), lines.get(4));
    assertTrue(run.out().contains("written: " + file("w.log.csv")), run.out());
  }

  @Test
  void loggingAndDrawingChangeNoWeight() throws IOException {
    train("--seed", "5");
    byte[] plain = Files.readAllBytes(file("w.safetensors"));
    train("--seed", "5", "--log-every", "1", "--plot", file("p").toString(), "--json");
    assertArrayEquals(plain, Files.readAllBytes(file("w.safetensors")));
    train("--seed", "6");
    assertFalse(Arrays.equals(plain, Files.readAllBytes(file("w.safetensors"))));
  }

  @Test
  void picturesShowTheMapAsItForms() throws IOException {
    Files.createDirectory(file("p"));
    Files.writeString(file("p/map-7.svg"), "of an earlier training");
    Files.writeString(file("p/mine.svg"), "somebody else's");
    CommandLineRun run =
        train(
            "--recipe",
            "numpy-backprop",
            "--epochs",
            "250",
            "--plot",
            file("p").toString(),
            "--plot-every",
            "100");
    assertEquals(0, run.exitCode(), run.err());
    assertEquals(
        List.of(
            "p/forming.svg",
            "p/map-000.svg",
            "p/map-100.svg",
            "p/map-200.svg",
            "p/map-250.svg",
            "p/mine.svg",
            "w.safetensors"),
        names());
    String last = Files.readString(file("p/map-250.svg"));
    assertTrue(last.contains("recipe numpy-backprop, epoch 250, loss 0."), last);
    assertTrue(Files.readString(file("p/forming.svg")).contains("<animate"));
    assertTrue(run.out().contains("written: 5 pictures, " + file("p/forming.svg")), run.out());
  }

  @Test
  void picturesAreOfTheLedChosen() throws IOException {
    String plot = file("p").toString();
    CommandLineRun run = train("--truth", "or,nor", "--led", "2", "--plot", plot);
    assertEquals(0, run.exitCode(), run.err());
    String forming = Files.readString(file("p/forming.svg"));
    assertTrue(forming.contains("recipe device, LED 2"), forming);
    String first = Files.readString(file("p/" + names().get(1).substring(2)));
    assertTrue(first.contains("recipe device, LED 2, epoch 0, loss"), first);
    assertTrue(first.contains("At A=1 B=1") && first.contains("the answer should be 0."), first);
    assertTrue(first.matches("(?s).*At A=0 B=0 [^A]*, the answer should be 1\\..*"), first);
    CommandLineRun refused = train("--truth", "or,nor", "--led", "3", "--plot", plot);
    assertEquals(2, refused.exitCode());
    assertTrue(refused.err().contains("--led 3: there are 2 LEDs"), refused.err());
  }

  @Test
  void aRecipeOfFixedLengthDrawsAboutFiftyPictures() throws IOException {
    train("--recipe", "numerical-gradient", "--epochs", "5001", "--plot", file("p").toString());
    List<String> names = names();
    assertTrue(names.contains("p/map-0100.svg") && names.contains("p/map-5001.svg"), "" + names);
    assertEquals(53, names.size() - 1, "0, 100, ... 5000, 5001 and the animated one");
  }

  @Test
  void aLongTrainingKeepsEverySecondPicture() throws IOException {
    train(
        "--recipe",
        "numpy-backprop",
        "--epochs",
        "1100",
        "--plot",
        file("p").toString(),
        "--plot-every",
        "1");
    List<String> names = names();
    assertTrue(names.contains("p/map-1096.svg") && !names.contains("p/map-1098.svg"), "" + names);
    assertEquals(1100 / 4 + 1, names.size() - 2, "every fourth, after two halvings");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--log-every", "--plot-every", "--epochs"})
  void countsAreAtLeastOne(String option) {
    CommandLineRun run = train(option, "0");
    assertEquals(2, run.exitCode());
    assertTrue(
        run.err().contains("'" + option + "': '0': a whole number expected, 1 or more"), run.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--plot-every 5 | --plot-every needs --plot DIR",
        "--led 2 | --led needs --plot DIR",
        "--recipe numpy-backprop --epochs 1000000 --log-every 1 | would be 1,000,001 rows",
        "--init no-such-file | no such file or directory: no-such-file",
        "--init pom.xml | pom.xml is XML or HTML; Switchback reads .img",
        "--plot pom.xml | --plot pom.xml is not a directory",
        "--recipe numerical-gradient --topology 2-8-1 | softmax belongs to an output layer",
        "--study 5 --init pom.xml | --study writes no files and starts from random weights"
      })
  void badOptionsChangeNothing(String options, String message) throws IOException {
    CommandLineRun run = train(options.strip().split(" ", -1));
    assertEquals(2, run.exitCode());
    assertTrue(run.err().contains(message), run.err());
    assertEquals(List.of(), names());
  }

  @Test
  void aRefusedTrainingLeavesNoDirectory() throws IOException {
    train("--recipe", "numerical-gradient", "--topology", "2-8-1", "--plot", file("p").toString());
    train("--truth", "0110", "--topology", "3-2-1", "--plot", file("p").toString());
    assertFalse(Files.exists(file("p")));
  }

  @Test
  void aMissingPlaceIsFoundBeforeTheTraining() throws IOException {
    CommandLineRun run =
        CommandLineRun.of("train", "--epochs", "2000000000", "--out", file("no/w").toString());
    assertEquals(2, run.exitCode());
    assertEquals("", run.out());
    assertTrue(
        run.err()
            .contains("cannot write " + file("no/w") + ": there is no directory " + file("no")),
        run.err());
  }

  @Test
  void aReferenceThatGetsStuckSaysWhatToDo() {
    CommandLineRun run = train("--recipe", "numpy-backprop", "--seed", "5");
    assertEquals(0, run.exitCode());
    assertTrue(run.out().startsWith("not solved after 4000 epochs and 0 restarts"), run.out());
    assertTrue(run.err().contains("try another seed, or the recipe device"), run.err());
  }
}
