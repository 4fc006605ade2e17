package dev.switchback.tools.cli.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Topology;
import dev.switchback.format.Safetensors;
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

class EvalCommandTest {
  private static final String NUMPY = "src/test/resources/numpy/";

  @TempDir Path directory;

  @Test
  void weightsFromNumpyAnswerAsInNumpy() {
    CommandLineRun run = CommandLineRun.of("eval", NUMPY + "savez.npz");
    assertEquals(
        """
        2-3-1 sigmoid,sigmoid, float
        A B  answer  output
        0 0       0  0.0168
        0 1       1  0.9750
        1 0       1  0.9763
        1 1       0  0.0195
        """,
        run.out());
    assertEquals(run.out(), CommandLineRun.of("eval", NUMPY + "double.safetensors").out());
  }

  @Test
  void theActivationsOfAFileThatNamesNoneAreGiven() throws IOException {
    Map<String, Object> json =
        CommandLineRun.of("eval", NUMPY + "savez.npz", "--activation", "tanh,linear", "--json")
            .json();
    assertEquals("tanh,linear", json.get("activations"));
    assertEquals(
        "relu,relu",
        CommandLineRun.of("eval", NUMPY + "rows.npz", "--activation", "relu", "--json")
            .json()
            .get("activations"));
  }

  @Test
  void ofTwoOutputsTheLargerAnswersIfTheOptionSaysSo() throws IOException {
    Path file = directory.resolve("logits.safetensors");
    Topology topology = Topology.parse("2-2", Activation.LINEAR);
    // The first output is always 1, the second A + B + 0.75.
    float[] values = {0, 1, 0, 1, 1, 0.75f};
    Files.write(file, Safetensors.write(Parameters.of(topology, values), Map.of()));
    String eval = file.toString();
    assertEquals("1111,1111", CommandLineRun.of("eval", eval, "--json").json().get("answers"));
    assertEquals(
        "0111",
        CommandLineRun.of("eval", eval, "--answer", "argmax", "--json").json().get("answers"));
    String image = directory.resolve("logits.img").toString();
    CommandLineRun run = CommandLineRun.of("convert", eval, image, "--answer", "argmax");
    assertEquals(0, run.exitCode(), run.err());
    assertEquals("0111", CommandLineRun.of("eval", image, "--json").json().get("answers"));
    CommandLineRun refused = CommandLineRun.of("eval", image, "--answer", "threshold");
    assertEquals(2, refused.exitCode());
    assertEquals(
        "switchback: " + image + ": it answers by argmax: leave out --answer\n", refused.err());
    refused = CommandLineRun.of("eval", NUMPY + "savez.npz", "--answer", "argmax");
    assertEquals(2, refused.exitCode());
    assertTrue(refused.err().contains("argmax needs two outputs or more"), refused.err());
  }

  @Test
  void aFileKeepsTheActivationsItNames() throws IOException {
    Path file = directory.resolve("w");
    Parameters parameters = new Parameters(Topology.parse("2-2-1", Activation.TANH));
    Files.write(file, Safetensors.write(parameters, Map.of()));
    for (String same : List.of("tanh", "Tanh,tanh")) {
      assertEquals(
          "tanh,tanh",
          CommandLineRun.of("eval", file.toString(), "--activation", same, "--json")
              .json()
              .get("activations"));
    }
    CommandLineRun other = CommandLineRun.of("eval", file.toString(), "--activation", "relu");
    assertEquals(2, other.exitCode());
    assertEquals(
        "switchback: " + file + ": it states activations tanh,tanh: leave out --activation\n",
        other.err());
  }

  @Test
  void whatWasAssumedAndLeftOutIsToldInTextAndJson() throws IOException {
    String file = "src/test/resources/foreign/large.npz";
    String leftOut = "not part of the network: loss [1000000], history [], epochs []";
    CommandLineRun run = CommandLineRun.of("eval", file, "--activation", "sigmoid", "--json");
    assertEquals(List.of("coding"), run.json().get("assumed"));
    assertEquals(
        List.of("assumed, as the file does not say: switches 0,1 (--coding)", leftOut),
        run.json().get("warnings"));
    assertTrue(run.err().endsWith("switchback: " + file + ": " + leftOut + "\n"), run.err());
    Map<String, Object> stated =
        CommandLineRun.of("eval", file, "--activation=sigmoid", "--coding=0,1", "--json").json();
    assertEquals(List.of(), stated.get("assumed"));
    assertEquals(List.of(leftOut), stated.get("warnings"));
  }

  @Test
  void npzIsKnownByItsFirstBytesToo() throws IOException {
    Path file = Files.copy(Path.of(NUMPY + "savez.npz"), directory.resolve("weights"));
    assertEquals(0, CommandLineRun.of("eval", file.toString()).exitCode());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "record.npz; record.npz: array b2 has type [('x', '<f4')] (a structure)",
        "savez.npz --activation tanh,relu,relu; savez.npz: activations: 2 dense layers need 2 activations, not 3",
        "savez.npz --activation softmax; softmax belongs to an output layer of two or more",
        "savez.npz --activation swish; unknown activation 'swish'",
        "none.npz; no such file or directory: src/test/resources/numpy/none.npz"
      },
      quoteCharacter = '"')
  void badInputExitsWithTwoAndSaysWhy(String args, String message) {
    CommandLineRun run = CommandLineRun.of(("eval " + NUMPY + args).split(" "));
    assertEquals(2, run.exitCode());
    assertTrue(run.err().contains(message), run.err());
    assertEquals("", run.out());
  }

  @Test
  void textNamedNpzIsNoNpz() throws IOException {
    Path file = Files.writeString(directory.resolve("w.npz"), "text");
    CommandLineRun run = CommandLineRun.of("eval", file.toString());
    assertEquals(2, run.exitCode());
    assertTrue(run.err().startsWith("switchback: " + file + ": no npz: "), run.err());
  }

  @Test
  void moreInputsThanSwitchesAreRefused() throws IOException {
    Path file = directory.resolve("w");
    Parameters parameters = new Parameters(Topology.parse("9-1", Activation.TANH));
    Files.write(file, Safetensors.write(parameters, Map.of()));
    CommandLineRun run = CommandLineRun.of("eval", file.toString());
    assertEquals(2, run.exitCode());
    assertTrue(run.err().contains("w: topology 9-1 has 9 inputs"), run.err());
  }
}
