package dev.switchback.tools.foreign;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.nn.FloatModel;
import dev.switchback.core.nn.Model;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.format.FormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FannTest {
  private static final Path FANN = Path.of("src/test/resources/fann");

  /** A 1-1 network as libfann would write it, of the fields we need. */
  private static final String ONE =
      """
      FANN_FLO_2.1
      num_layers=2
      network_type=0
      layer_sizes=2 2\s
      scale_included=0
      neurons (num_inputs, activation_function, activation_steepness)=(0, 0, 0.0e+00) \
      (0, 0, 0.0e+00) (2, 3, 5.0e-01) (0, 3, 0.0e+00)\s
      connections (connected_to_neuron, weight)=(0, 1.5e+00) (1, -2.5e+00)\s
      """;

  private static Parameters read(String name) throws IOException {
    return Fann.read(Files.readAllBytes(FANN.resolve(name + ".net")));
  }

  private static String refusal(String text) {
    return String.valueOf(
        assertThrows(FormatException.class, () -> Fann.read(text.getBytes(ISO_8859_1)))
            .getMessage());
  }

  private static String refusal(String part, String replacement) {
    assertTrue(ONE.contains(part), part);
    return refusal(ONE.replace(part, replacement));
  }

  /** The greatest distance from what {@code fann_run} answers, over all points of its file. */
  private static double worstDifference(String name) throws IOException {
    Model model = new FloatModel(read(name));
    int inputs = model.topology().inputs();
    float[] outputs = new float[model.topology().outputs()];
    List<String> points = Files.readAllLines(FANN.resolve(name + ".txt"));
    assertEquals(40, points.size());
    double worst = 0;
    for (String point : points) {
      String[] numbers = point.split(" ", -1);
      assertEquals(inputs + outputs.length, numbers.length);
      float[] levels = new float[inputs];
      for (int i = 0; i < inputs; i++) {
        levels[i] = Float.parseFloat(numbers[i]);
      }
      model.infer(levels, outputs);
      for (int j = 0; j < outputs.length; j++) {
        worst = Math.max(worst, Math.abs(outputs[j] - Float.parseFloat(numbers[inputs + j])));
      }
    }
    return worst;
  }

  @ParameterizedTest
  @CsvSource({
    "xor, 2-3-1, 'sigmoid,sigmoid', 2e-6",
    "tanh, 3-5-4-2, 'tanh,tanh,linear', 5e-6",
    "layer, 4-1, sigmoid, 2e-6"
  })
  void networksOfLibfannAnswerAsTheyDoThere(
      String name, String widths, String activations, double tolerance) throws IOException {
    assertEquals(widths, read(name).topology().toString());
    assertEquals(activations, read(name).topology().activationLabels());
    assertTrue(worstDifference(name) < tolerance, "differ by " + worstDifference(name));
  }

  @Test
  void theNetworkThatLibfannTrainedAnswersXor() throws IOException {
    assertEquals(TruthTable.XOR, TruthTable.answeredBy(new FloatModel(read("xor"))));
  }

  @Test
  void steepnessBecomesPartOfTheWeights() throws IOException {
    assertArrayEquals(new float[] {1.5f, -2.5f}, Fann.read(ONE.getBytes(ISO_8859_1)).toArray());
    for (String[] function : new String[][] {{"3", "0.5"}, {"5", "0.25"}, {"0", "0.25"}}) {
      String text = ONE.replace("(2, 3, 5.0e-01)", "(2, " + function[0] + ", 2.5e-01)");
      float scale = Float.parseFloat(function[1]);
      assertArrayEquals(
          new float[] {1.5f * scale, -2.5f * scale},
          Fann.read(text.getBytes(ISO_8859_1)).toArray());
    }
  }

  @Test
  void linesOfWindowsAreReadToo() throws IOException {
    String text = ONE.replace("\n", "\r\n");
    assertArrayEquals(new float[] {1.5f, -2.5f}, Fann.read(text.getBytes(ISO_8859_1)).toArray());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "shortcut | line 5, network_type: '1', 0 (layers without shortcuts) expected",
        "sparse | line 35, neurons: entry 4: num_inputs is 2, 3 expected between full layers",
        "gaussian | line 35, neurons: entry 4: activation_function is 7 (GAUSSIAN); 0 (LINEAR), 3"
            + " (SIGMOID) or 5 (SIGMOID_SYMMETRIC) expected",
        "stepwise | line 35, neurons: entry 4: activation_function is 4 (SIGMOID_STEPWISE); 0"
            + " (LINEAR), 3 (SIGMOID) or 5 (SIGMOID_SYMMETRIC) expected",
        "symmetric_stepwise | line 35, neurons: entry 4: activation_function is 6"
            + " (SIGMOID_SYMMETRIC_STEPWISE); 0 (LINEAR), 3 (SIGMOID) or 5 (SIGMOID_SYMMETRIC)"
            + " expected",
        "mixed | line 35, neurons: entry 5: tanh, sigmoid expected as in the rest of its layer",
        "scaled | line 34, scale_included: '1', 0 (no scaling of inputs and outputs) expected",
        "fixed | line 1: 'FANN_FIX_2.0', FANN_FLO_2.1 expected"
      })
  void whatWeHaveNotIsRefused(String name, String message) {
    assertEquals(message, assertThrows(FormatException.class, () -> read(name)).getMessage());
  }

  @Test
  void badFieldsAreRefusedWithTheirLine() {
    assertEquals(
        "line 2: 'num_layers2', key=value expected", refusal("num_layers=2", "num_layers2"));
    assertEquals("field network_type is missing", refusal("network_type=0\n", ""));
    assertEquals("line 3, num_layers: there twice", refusal("network_type=0", "num_layers=2"));
    assertEquals(
        "line 2, num_layers: '3', 2 expected as in layer_sizes",
        refusal("num_layers=2", "num_layers=3"));
    assertEquals(
        "line 4, layer_sizes: '-2', a whole number expected",
        refusal("layer_sizes=2 2", "layer_sizes=2 -2"));
    assertEquals(
        "line 4, layer_sizes: without the bias neurons: a layer width is 1 to 4096, not 0",
        refusal("layer_sizes=2 2", "layer_sizes=2 1"));
    assertEquals(
        "line 4, layer_sizes: without the bias neurons: a topology has 1 to 16 dense layers, not 0",
        refusal(
            ONE.replace("num_layers=2", "num_layers=1")
                .replace("layer_sizes=2 2", "layer_sizes=2")));
  }

  @Test
  void badEntriesAreRefusedWithTheirNumber() {
    assertEquals("line 6, neurons: 3 entries, 4 expected", refusal("(2, 3, 5.0e-01) ", ""));
    assertEquals(
        "line 6, neurons: entry 1: num_inputs is 7, 0 expected between full layers",
        refusal("=(0, 0", "=(7, 0"));
    assertEquals(
        "line 6, neurons: entry 4: num_inputs is 2.5, 0 expected between full layers",
        refusal("(0, 3, 0", "(2.5, 3, 0"));
    assertEquals("line 7, connections: 1 entries, 2 expected", refusal(" (1, -2.5e+00)", ""));
    assertEquals(
        "line 7, connections: entry 2: not from neuron 1, the next of a full layer",
        refusal("(1, -2.5", "(0, -2.5"));
    for (String number : new String[] {"nan", "1e999", "0x10", "", "1.5f", "Infinity"}) {
      assertEquals(
          "line 7, connections: entry 2: (1, " + number + "), 2 finite numbers expected",
          refusal("(1, -2.5e+00)", "(1, " + number + ")"));
    }
    assertEquals(
        "line 7, connections: entry 2: '1, -2.5e+00( ', numbers in brackets expected",
        refusal("(1, -2.5e+00)", "1, -2.5e+00("));
    assertEquals(
        "line 7, connections: entry 2: 'x', the end expected", refusal("-2.5e+00) ", "-2.5e+00)x"));
    assertEquals(
        "line 7, connections: entry 2: weight 4.0E38 times steepness overflows a float",
        refusal("-2.5e+00", "4e38"));
  }

  @Test
  void sizesOfManyNeuronsAreBelievedOnlyWithTheirEntries() {
    assertEquals(
        "line 6, neurons: 4 entries, 8194 expected", refusal("sizes=2 2", "sizes=4097 4097"));
  }

  @Test
  void everyTruncationAndEveryFlippedByteIsRefusedOrANetwork() throws IOException {
    byte[] good = Files.readAllBytes(FANN.resolve("xor.net"));
    int refused = 0;
    for (int k = 0; k < good.length; k++) {
      refused += isRefused(Arrays.copyOf(good, k)) ? 1 : 0;
      for (int flip : new int[] {1, 16, 128, 255}) {
        byte[] bytes = good.clone();
        bytes[k] ^= (byte) flip;
        refused += isRefused(bytes) ? 1 : 0;
      }
    }
    // The fields of training may hold anything; without its last line break the file is whole.
    assertTrue(refused > 2 * good.length, "refused " + refused + " of " + 5 * good.length);
  }

  private static boolean isRefused(byte[] file) {
    try {
      return Fann.read(file).topology().layers() == 0;
    } catch (FormatException e) {
      assertTrue(String.valueOf(e.getMessage()).length() > 10);
      return true;
    }
  }
}
