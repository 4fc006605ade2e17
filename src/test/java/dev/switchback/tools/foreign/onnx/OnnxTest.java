package dev.switchback.tools.foreign.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.CodedInputStream;
import dev.switchback.core.Engine;
import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Model;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.SplitMix;
import dev.switchback.core.nn.Topology;
import dev.switchback.format.FormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class OnnxTest {
  private static final Path MODELS = Path.of("src/test/resources/onnx");

  private static byte[] bytes(String name) throws IOException {
    return Files.readAllBytes(MODELS.resolve(name + ".onnx"));
  }

  private static Onnx.Content read(String name) throws IOException {
    return Onnx.read(bytes(name));
  }

  /** Returns the largest difference from the recorded outputs. */
  private static double difference(String name, Parameters parameters) throws IOException {
    Model model = Engine.FLOAT.model(parameters);
    int inputs = parameters.topology().inputs();
    float[] outputs = new float[parameters.topology().outputs()];
    List<String> samples = Files.readAllLines(MODELS.resolve(name + ".txt"));
    assertEquals(12, samples.size());
    double worst = 0;
    for (String sample : samples) {
      String[] numbers = sample.split(" ", -1);
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
    "sequential, 2-3-1, 'tanh,sigmoid'",
    "classes, 2-5-3, 'relu,softmax'",
    "old, 2-5-3, 'relu,softmax'",
    "double, 2-3-2, 'sigmoid,tanh'",
    "flattened, 4-5-2, 'relu,linear'",
    "viewed, 4-5-3, 'relu,softmax'",
    "linear, 2-4-3, 'linear,sigmoid'",
    "matmul, 2-3-1, 'tanh,sigmoid'",
    "columns, 2-3-2, 'tanh,softmax'",
    "vector, 2-3-1, 'relu,sigmoid'",
    "sequences, 2-3-2, 'tanh,softmax'",
    "argmax, 2-4-2, 'relu,linear'",
    "float_data, 2-3-1, 'tanh,sigmoid'",
    "double_data, 2-3-1, 'tanh,sigmoid'",
    "float16_raw, 2-3-1, 'tanh,sigmoid'",
    "float16_data, 2-3-1, 'tanh,sigmoid'",
    "bfloat16, 2-3-1, 'tanh,sigmoid'",
    "constants, 2-3-1, 'tanh,sigmoid'",
    "gemm, 2-3-1, 'tanh,sigmoid'",
    "gemm_columns, 2-3-1, 'tanh,sigmoid'",
    "labels, 2-3-1, 'tanh,sigmoid'",
    "scikit_two, 2-4-1, 'tanh,sigmoid'",
    "scikit_three, 2-4-3, 'relu,softmax'",
    "scikit_array, 2-4-1, 'tanh,sigmoid'"
  })
  void modelsAnswerAsTheyDoWhereTheyComeFrom(String name, String widths, String activations)
      throws IOException {
    Onnx.Content content = read(name);
    Topology topology = content.parameters().topology();
    assertEquals(widths, topology.toString());
    assertEquals(activations, topology.activationLabels());
    assertEquals(Map.of("activations", activations), content.metadata());
    assertEquals(name.equals("argmax") || activations.endsWith("softmax"), topology.isArgmax());
    double difference = difference(name, content.parameters());
    assertTrue(difference < 2e-6, name + ": " + difference);
  }

  /** A model without recorded answers is there to be refused. */
  @Test
  void everyModelIsReadOrRefusedHere() throws IOException {
    Set<String> refused = new TreeSet<>();
    try (Stream<Path> files = Files.list(MODELS)) {
      for (Path file : files.filter(file -> file.toString().endsWith(".onnx")).toList()) {
        String name = String.valueOf(file.getFileName()).replace(".onnx", "");
        if (!Files.exists(MODELS.resolve(name + ".txt")) && !name.equals("metadata")) {
          refused.add(name);
          assertThrows(FormatException.class, () -> read(name), name);
        }
      }
    }
    assertEquals(
        "batch_norm conv external grouped in_training infinite integers inverted leaky log_softmax lstm"
            + " quantised residual scikit_scaler shared standardised turned wider",
        String.join(" ", refused));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "batch_norm | node BatchNormalization '/2/BatchNormalization': Switchback does not have",
        "conv | node Conv '/0/Conv': Switchback does not have this operator; it has Gemm",
        "leaky | node LeakyRelu ",
        "lstm | node LSTM '/LSTM': ",
        "log_softmax | export the network with Softmax in its place",
        "residual | node Gemm '/two/Gemm': a second branch begins beside it with Add '/Add'",
        "external | tensor 'W1' [2, 3] is in another file; write one file in Python: import onnx;",
        "in_training | it drops values at random",
        "grouped | node Softmax 'groups': axis -1 is not the one of the neurons",
        "shared | node Gemm 'first': it takes 2 values, the input of the graph has 4",
        "wider | 'second': tensor 'W2' [4, 1] takes 4 values, the layer before it gives 3",
        "quantised | weights are not constant, but made by DequantizeLinear 'dequantise'",
        "infinite | tensor 'W1' [2, 2]: value 2 is Infinity, no finite float",
        "integers | tensor 'W1' [2, 1] is of a type that is not read",
        "standardised | node Sub 'centre': it scales the inputs, which no device does",
        "inverted | node Sub 'invert': Switchback does not have this operator",
        "turned | node Transpose 'turn'",
        "scikit_scaler | node ai.onnx.ml.Scaler 'Scaler': it scales the inputs, which no device"
      })
  void whatIsNoNetworkIsRefusedByName(String name, String message) {
    String found =
        String.valueOf(assertThrows(FormatException.class, () -> read(name)).getMessage());
    assertTrue(found.contains(message), found);
  }

  @Test
  void whatIsLeftOutIsNamed() throws IOException {
    assertEquals(
        List.of(
            "left out behind the outputs: Sub, Concat, ArgMax, ai.onnx.ml.ArrayFeatureExtractor,"
                + " Cast, Reshape, ai.onnx.ml.ZipMap"),
        read("scikit_two").notes());
    Onnx.Content content = read("metadata");
    assertEquals(List.of("left out: the further output 'a1'"), content.notes());
    assertEquals(
        Map.of("coding", "-1,1", "author", "somebody", "activations", "tanh,sigmoid"),
        content.metadata());
  }

  private static Parameters random(String widths, Activation... activations) {
    Topology topology = Topology.parse(widths, activations);
    SplitMix stream = new SplitMix(3);
    float[] values = new float[topology.parameterCount()];
    for (int k = 0; k < values.length; k++) {
      values[k] = (float) stream.nextGaussian();
    }
    values[0] = -0f;
    values[1] = Float.MIN_VALUE;
    values[2] = Float.MAX_VALUE;
    values[values.length - 1] = -0f;
    return Parameters.of(topology, values);
  }

  @Test
  void whatIsWrittenIsReadBitForBit() throws IOException {
    Parameters parameters =
        random(
            "3-20-1-4-2", Activation.TANH, Activation.RELU, Activation.LINEAR, Activation.SIGMOID);
    Map<String, String> metadata = Map.of("lesson", "0110", "name", "\u00e4\n");
    byte[] file = Onnx.write(parameters, metadata);
    Onnx.Content content = Onnx.read(file);
    assertEquals(parameters, content.parameters());
    assertEquals(
        Map.of("lesson", "0110", "name", "\u00e4\n", "activations", "tanh,relu,linear,sigmoid"),
        content.metadata());
    assertEquals(List.of(), content.notes());
    assertTrue(Arrays.equals(file, Onnx.write(content.parameters(), content.metadata())));
  }

  @Test
  void argmaxWithoutSoftmaxStandsInTheMetadata() throws IOException {
    Parameters linear = random("2-3-2", Activation.LINEAR);
    Parameters argmax = Parameters.of(linear.topology().withArgmax(), linear.toArray());
    assertEquals("argmax", Onnx.read(Onnx.write(argmax, Map.of())).metadata().get("answer"));
  }

  /** Numbers of the fields of a message. */
  private static String fields(byte[] message) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(message);
    Stream.Builder<String> fields = Stream.builder();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      fields.add(String.valueOf(tag >> 3));
      in.skipField(tag);
    }
    return fields.build().collect(Collectors.joining(" "));
  }

  /** In this order every reader knows the file by its first bytes. */
  @Test
  void aFileBeginsWithTheVersionOfOnnx() throws IOException {
    byte[] file = Onnx.write(random("2-2-1", Activation.SIGMOID), Map.of());
    assertEquals("1 2 7 8 14", fields(file));
    assertEquals(8, file[1]);
  }
}
