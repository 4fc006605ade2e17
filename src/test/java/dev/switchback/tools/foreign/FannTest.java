package dev.switchback.tools.foreign;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.FloatModel;
import dev.switchback.core.nn.Model;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.format.FormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
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
    return Fann.read(Files.readAllBytes(FANN.resolve(name + ".net")), false).parameters();
  }

  private static String refusal(String text) {
    return String.valueOf(
        assertThrows(
                FormatException.class,
                () -> Fann.read(text.getBytes(ISO_8859_1), false).parameters())
            .getMessage());
  }

  private static String refusal(String part, String replacement) {
    assertTrue(ONE.contains(part), part);
    return refusal(ONE.replace(part, replacement));
  }

  private static FannNetwork smooth(String name) throws IOException {
    return Fann.read(Files.readAllBytes(FANN.resolve(name + ".net")), true);
  }

  /** The greatest distance from what {@code fann_run} answers, over all points of its file. */
  private static double worstDifference(String name, Topology topology, UnaryOperator<double[]> run)
      throws IOException {
    List<String> points = Files.readAllLines(FANN.resolve(name + ".txt"));
    assertTrue(points.size() >= 4);
    double worst = 0;
    for (String point : points) {
      double[] numbers =
          Arrays.stream(point.split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
      assertEquals(topology.inputs() + topology.outputs(), numbers.length);
      double[] outputs = run.apply(Arrays.copyOf(numbers, topology.inputs()));
      for (int j = 0; j < outputs.length; j++) {
        worst = Math.max(worst, Math.abs(outputs[j] - numbers[topology.inputs() + j]));
      }
    }
    return worst;
  }

  private static double worstDifference(String name) throws IOException {
    Model model = new FloatModel(read(name));
    return worstDifference(
        name,
        model.topology(),
        inputs -> {
          float[] levels = new float[inputs.length];
          for (int i = 0; i < inputs.length; i++) {
            levels[i] = (float) inputs[i];
          }
          float[] outputs = new float[model.topology().outputs()];
          model.infer(levels, outputs);
          return IntStream.range(0, outputs.length).mapToDouble(j -> outputs[j]).toArray();
        });
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

  /** The fixed library rounds every product and sum to 13 or 14 binary digits. */
  @ParameterizedTest
  @CsvSource({
    "stepwise, 'true,true', 2e-6",
    "symmetric_stepwise, 'true,true', 2e-6",
    "partly_stepwise, 'true,false,false', 5e-6",
    "fixed, 'true,true', 1e-3",
    "fixed_tanh, 'true,false', 2e-3"
  })
  void theStepsAreThoseOfLibfann(String name, String steps, double tolerance) throws IOException {
    List<Boolean> isStepwise =
        Arrays.stream(steps.split(",", -1)).map(Boolean::parseBoolean).toList();
    Parameters parameters = smooth(name).parameters();
    StepwiseNetwork network = new StepwiseNetwork(parameters, isStepwise);
    double worst = worstDifference(name, parameters.topology(), network::stepwise);
    assertTrue(worst < tolerance, "differ by " + worst);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "stepwise | sigmoid,sigmoid | stepwise activations read as smooth; the outputs differ by",
        "symmetric_stepwise | tanh,tanh | stepwise activations read as smooth; the outputs differ",
        "partly_stepwise | sigmoid,tanh,linear | stepwise activations read as smooth; the outputs",
        "fixed | sigmoid,sigmoid | activations, which the fixed library computes stepwise, read as",
        "fixed_tanh | tanh,linear | activations, which the fixed library computes stepwise, read"
      })
  void stepsAreReadAsSmoothAndTheDifferenceIsTold(String name, String activations, String note)
      throws IOException {
    FannNetwork network = smooth(name);
    assertEquals(activations, network.parameters().topology().activationLabels());
    assertEquals(1, network.notes().size());
    assertTrue(network.notes().getFirst().startsWith(note), network.notes().getFirst());
  }

  @Test
  void theDifferenceIsThatOfTheWorstPoint() {
    // One neuron of weight 2, so that libfann's sigmoid runs from -0.5 to 1.5 itself.
    Parameters parameters = Parameters.of(Topology.parse("1-1", Activation.SIGMOID), 2f, 0f);
    StepwiseNetwork network = new StepwiseNetwork(parameters, List.of(true));
    StepwiseDifference difference = new StepwiseDifference(network);
    double worst = 0;
    for (double x = -0.5; x <= 1.5; x += 1e-5) {
      worst = Math.max(worst, Math.abs(network.stepwise(x)[0] - network.smooth(x)[0]));
    }
    assertEquals(worst, difference.largest(), 1e-6);
    assertEquals(4225, difference.points());
    assertEquals(0.5, network.stepwise(0.0)[0], 1e-7);
    assertEquals(1.0, network.stepwise(3.0)[0]);
    assertEquals(0.0, network.stepwise(-3.0)[0]);
  }

  @ParameterizedTest
  @CsvSource({"2-3-1, 4225", "3-2-1, 4225", "9-4-1, 4225", "1000-1000-2, 64"})
  void pointsAreFewWhereTheNetworkIsLarge(String widths, int points) {
    Parameters parameters = new Parameters(Topology.parse(widths, Activation.TANH));
    StepwiseDifference difference =
        new StepwiseDifference(new StepwiseNetwork(parameters, List.of(true, true)));
    assertEquals(points, difference.points());
    assertEquals(0.0, difference.largest());
  }

  @Test
  void versionsBeforeScalingAreReadToo() throws FormatException {
    String text = ONE.replace("FLO_2.1", "FLO_2.0").replace("scale_included=0\n", "");
    assertArrayEquals(
        new float[] {1.5f, -2.5f},
        Fann.read(text.getBytes(ISO_8859_1), false).parameters().toArray());
  }

  @Test
  void numbersOfTheFixedLibraryHaveADecimalPoint() throws FormatException {
    String fixed =
        """
        FANN_FIX_2.0
        decimal_point=4
        num_layers=2
        network_type=0
        layer_sizes=2 2\s
        neurons (num_inputs, activation_function, activation_steepness)=(0, 0, 0) (0, 0, 0) \
        (2, 0, 8) (0, 0, 0)\s
        connections (connected_to_neuron, weight)=(0, 24) (1, -40)\s
        """;
    FannNetwork read = Fann.read(fixed.getBytes(ISO_8859_1), false);
    assertArrayEquals(new float[] {0.75f, -1.25f}, read.parameters().toArray());
    assertEquals(
        List.of(
            "LINEAR read with its steepness, as the float library computes it; the fixed one leaves"
                + " it out"),
        read.notes());
    assertEquals(
        "line 2, decimal_point: '31', 0 to 30 expected", refusal(fixed.replace("=4", "=31")));
    assertEquals("field decimal_point is missing", refusal(fixed.replace("decimal_point=4\n", "")));
  }

  @Test
  void theNetworkThatLibfannTrainedAnswersXor() throws IOException {
    assertEquals(TruthTable.XOR, TruthTable.answeredBy(new FloatModel(read("xor"))));
  }

  @Test
  void steepnessBecomesPartOfTheWeights() throws IOException {
    assertArrayEquals(
        new float[] {1.5f, -2.5f},
        Fann.read(ONE.getBytes(ISO_8859_1), false).parameters().toArray());
    for (String[] function : new String[][] {{"3", "0.5"}, {"5", "0.25"}, {"0", "0.25"}}) {
      String text = ONE.replace("(2, 3, 5.0e-01)", "(2, " + function[0] + ", 2.5e-01)");
      float scale = Float.parseFloat(function[1]);
      assertArrayEquals(
          new float[] {1.5f * scale, -2.5f * scale},
          Fann.read(text.getBytes(ISO_8859_1), false).parameters().toArray());
    }
  }

  @Test
  void linesOfWindowsAreReadToo() throws IOException {
    String text = ONE.replace("\n", "\r\n");
    assertArrayEquals(
        new float[] {1.5f, -2.5f},
        Fann.read(text.getBytes(ISO_8859_1), false).parameters().toArray());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "shortcut | line 5, network_type: '1', 0 expected; layers without shortcuts are made by"
            + " fann_create_standard, not by fann_create_shortcut and cascade training",
        "sparse | line 35, neurons: entry 4: num_inputs is 2, 3 expected between full layers, which"
            + " fann_create_standard makes",
        "gaussian | line 35, neurons: entry 4: activation_function is 7 (GAUSSIAN); 0 (LINEAR), 3"
            + " (SIGMOID) or 5 (SIGMOID_SYMMETRIC) expected: fann_set_activation_function_layer,"
            + " then train again",
        "stepwise | line 35, neurons: entry 4: activation_function is 4 (SIGMOID_STEPWISE), straight"
            + " lines between six points of SIGMOID; --smooth reads it as that",
        "symmetric_stepwise | line 35, neurons: entry 4: activation_function is 6"
            + " (SIGMOID_SYMMETRIC_STEPWISE), straight lines between six points of"
            + " SIGMOID_SYMMETRIC; --smooth reads it as that",
        "mixed | line 35, neurons: entry 5: 5 (SIGMOID_SYMMETRIC), 3 (SIGMOID) expected as in the"
            + " rest of its layer",
        "scaled | line 34, scale_included: '1', 0 expected; train on data that are not scaled, or"
            + " if fann_run takes your inputs as they are, call fann_clear_scaling_params before"
            + " fann_save"
      })
  void whatWeHaveNotIsRefused(String name, String message) {
    assertEquals(message, assertThrows(FormatException.class, () -> read(name)).getMessage());
  }

  @Test
  void badFieldsAreRefusedWithTheirLine() {
    assertEquals(
        "line 1: 'FANN_FLO_1.1', FANN_FLO_2.1 expected; fann_create_from_file of libfann 2 reads"
            + " what is older, and fann_save writes 2.1",
        refusal("FLO_2.1", "FLO_1.1"));
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
        "line 6, neurons: entry 1: num_inputs is 7, 0 expected between full layers, which fann_create_standard makes",
        refusal("=(0, 0", "=(7, 0"));
    assertEquals(
        "line 6, neurons: entry 4: num_inputs is 2.5, 0 expected between full layers, which fann_create_standard makes",
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
      return Fann.read(file, false).parameters().topology().layers() == 0;
    } catch (FormatException e) {
      assertTrue(String.valueOf(e.getMessage()).length() > 10);
      return true;
    }
  }
}
