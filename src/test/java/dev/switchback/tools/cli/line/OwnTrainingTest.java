package dev.switchback.tools.cli.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.sim.Json;
import dev.switchback.tools.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * From a training of one's own to the LED: each row of the README's table, with the file that its
 * program saved, to a whole device.
 */
@Timeout(120)
class OwnTrainingTest {
  private static final Path PEOPLE = Path.of("src/test/resources/people");
  private static final String COMMAND = "scripts/switchback deploy ";

  @TempDir private static Path directory;
  private static CabledDevice device;

  @BeforeAll
  static void start() throws IOException {
    device = CabledDevice.open(directory.resolve("cable"));
  }

  @AfterAll
  static void stop() throws IOException {
    if (device != null) {
      device.close();
    }
  }

  /** Returns a column of a row: 1 is the line that saves, 2 the command. */
  private static String column(String trainedWith, int column) throws IOException {
    Matcher row =
        Pattern.compile("(?m)^\\| " + Pattern.quote(trainedWith) + " \\| (.*) \\| `(.*)` \\|$")
            .matcher(Files.readString(Path.of("README.md")));
    assertTrue(row.find(), trainedWith);
    return row.group(column);
  }

  private static List<Double> outputs(String name) throws IOException {
    for (String line : Files.readAllLines(PEOPLE.resolve("outputs.txt"))) {
      List<String> words = List.of(line.split(" ", -1));
      if (words.getFirst().equals(name)) {
        return words.subList(1, words.size()).stream().map(Double::valueOf).toList();
      }
    }
    throw new AssertionError(name + " recorded no outputs");
  }

  private static List<String> deployed(String name, String trainedWith) throws IOException {
    String command = column(trainedWith, 2);
    assertTrue(command.startsWith(COMMAND), command);
    List<String> words = new ArrayList<>(List.of(command.split(" ", -1)));
    words.removeFirst();
    Path file = directory.resolve(words.get(1));
    String ending = words.get(1).substring(words.get(1).lastIndexOf('.'));
    Files.copy(PEOPLE.resolve(name + ending), file, StandardCopyOption.REPLACE_EXISTING);
    words.set(1, file.toString());
    words.add("--json");
    return words;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "numpy; numpy",
        "sklearn; scikit-learn",
        "torch; PyTorch, `nn.Sequential`",
        "module; PyTorch, a module of yours",
        "keras; Keras",
        "onnx; ONNX",
        "fann; FANN"
      })
  void oneCommandLeadsFromTheFileToTheLed(String name, String trainedWith) throws IOException {
    CommandLineRun run = device.run(deployed(name, trainedWith).toArray(String[]::new));
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.err().contains("assumed, as the file does not say: "), run.err());
    assertEquals(true, run.json().get("confirmed"));
    List<Double> expected = outputs(name);
    Map<?, ?> truth = (Map<?, ?>) Objects.requireNonNull(run.json().get("truthTable"));
    assertEquals("0110", truth.get("answers"));
    List<?> found = (List<?>) Objects.requireNonNull(truth.get("outputs"));
    for (int row = 0; row < 4; row++) {
      assertEquals(expected.get(row), ((Number) found.get(row)).doubleValue(), 1e-6, "row " + row);
    }
    Map<String, Object> status = Json.object(device.done("status", "--json"));
    assertEquals("answering", status.get("state"));
  }

  /** What the README shows is what the file was saved with. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "make.py; numpy",
        "make.py; scikit-learn",
        "make.py; PyTorch, `nn.Sequential`",
        "make.py; Keras",
        "make.py; ONNX",
        "fann.c; FANN"
      })
  void theLineThatSavesWasRun(String program, String trainedWith) throws IOException {
    String line = column(trainedWith, 1).replace("`", "");
    String pattern = Pattern.quote(line).replace("xor.", "\\E[a-z]+\\.\\Q");
    String text = Files.readString(PEOPLE.resolve(program));
    assertTrue(Pattern.compile(pattern).matcher(text).find(), line);
  }

  @Test
  void evalSaysWhatItAssumed() throws IOException {
    Path file = directory.resolve("xor.npz");
    Files.copy(PEOPLE.resolve("numpy.npz"), file, StandardCopyOption.REPLACE_EXISTING);
    CommandLineRun run = CommandLineRun.of("eval", file.toString());
    String shown = "```\n$ scripts/switchback eval xor.npz\n";
    String readme = Files.readString(Path.of("README.md"));
    int from = readme.indexOf(shown) + shown.length();
    assertEquals(
        readme.substring(from, readme.indexOf("```", from)),
        run.err().replace(directory + "/", "") + run.out());
  }
}
