package dev.switchback.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Parameters;
import dev.switchback.tools.foreign.Stated;
import dev.switchback.tools.foreign.WeightFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Torch's names, in files from Python and in our own tensors. */
class TorchNamesTest {
  private static final Path RESOURCES = Path.of("src/test/resources");
  private static final float[] XOR = {
    6.1f, -6.3f, 0.7f, 6.2f, -6.4f, -0.9f, -2.9f, 9.1f, 0.3f, 9.1f, 8.7f, 0.1f, -13.3f
  };

  private static Activation[] sigmoid(int layers) {
    return Activation.ofLayers(layers, Activation.SIGMOID);
  }

  private static Safetensors.Content safetensors(String name) throws IOException {
    byte[] file = Files.readAllBytes(RESOURCES.resolve("safetensors", name + ".safetensors"));
    return Safetensors.read(file, TorchNamesTest::sigmoid);
  }

  private static Tensor tensor(String name, float[] values, Integer... shape) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putFloat(value);
    }
    return new Tensor(name, new Shape(List.of(shape)), ElementType.F32, false, bytes.flip());
  }

  private static Map<String, Tensor> tensors(Tensor... tensors) {
    Map<String, Tensor> byName = new TreeMap<>();
    for (Tensor tensor : tensors) {
      byName.put(tensor.name(), tensor);
    }
    return byName;
  }

  private static Parameters network(Tensor... tensors) throws FormatException {
    return NamedTensors.of(tensors(tensors)).parameters(TorchNamesTest::sigmoid);
  }

  private static String refusal(Tensor... tensors) {
    return String.valueOf(assertThrows(FormatException.class, () -> network(tensors)).getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"numpy", "torch", "torch_prefix"})
  void whatPythonWritesIsRead(String name) throws IOException {
    Parameters parameters = safetensors(name).parameters();
    assertEquals("2-3-1", parameters.topology().toString());
    assertArrayEquals(XOR, parameters.toArray());
  }

  @Test
  void metadataOfPythonIsKept() throws IOException {
    assertEquals(
        Map.of("activations", "sigmoid,sigmoid", "note", "from numpy"),
        safetensors("numpy").metadata());
    assertEquals(Map.of("format", "pt"), safetensors("torch").metadata());
  }

  @Test
  void aFileOfOurOwnKindHasOurNames() throws IOException {
    byte[] file = Files.readAllBytes(RESOURCES.resolve("safetensors/torch.safetensors"));
    assertEquals(
        "tensor W1 is missing, found [0.bias, 0.weight, 2.bias, 2.weight]",
        assertThrows(FormatException.class, () -> Safetensors.read(file)).getMessage());
  }

  @Test
  void theNamesAloneTellHowASquareMatrixLies() throws IOException {
    assertArrayEquals(
        new float[] {1f, 2f, 3f, 4f, -2.9f, 9.1f},
        safetensors("square_numpy").parameters().toArray());
    assertArrayEquals(
        new float[] {1f, 3f, 2f, 4f, -2.9f, 9.1f},
        safetensors("square_torch").parameters().toArray());
  }

  @ParameterizedTest
  @ValueSource(strings = {"torch.npz", "torch_transposed.npz"})
  void npzMayHaveThemToo(String name) throws IOException {
    Path file = RESOURCES.resolve("numpy", name);
    assertArrayEquals(XOR, WeightFile.read(file, Stated.NOTHING).parameters().toArray());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "half; tensor 0.weight: dtype is F16, F32 or F64 expected",
        "both; tensor W1: N.weight or N.bias expected, as others are named",
        "no_bias; tensor 2.bias is missing, found [0.bias, 0.weight, 2.weight]"
      })
  void whatIsNoNetworkOfLinearLayersIsRefused(String name, String message) {
    assertEquals(
        message, assertThrows(FormatException.class, () -> safetensors(name)).getMessage());
  }

  @Test
  void layersAreInOrderOfTheirNumbers() throws FormatException {
    Parameters parameters =
        network(
            tensor("10.weight", new float[] {5f, 6f}, 1, 2),
            tensor("10.bias", new float[] {7f}, 1),
            tensor("9.weight", new float[] {1f, 2f}, 2, 1),
            tensor("9.bias", new float[] {3f, 4f}, 2));
    assertArrayEquals(new float[] {1f, 2f, 3f, 4f, 5f, 6f, 7f}, parameters.toArray());
  }

  @Test
  void misfitsAreNamedAsInTheFile() {
    Tensor bias = tensor("0.bias", new float[] {3f}, 1);
    assertEquals(
        "tensors 0.weight (transposed) [1, 2] and 0.bias [1] do not fit their neighbours",
        refusal(tensor("0.weight", new float[] {1f, 2f}, 2, 1), bias));
    assertEquals(
        "tensor 0.weight: shape [1], [out, in] expected",
        refusal(tensor("0.weight", new float[] {1f}, 1), bias));
    assertEquals(
        "tensor net.0.weight: a name that begins with '' expected, as others do",
        refusal(tensor("net.0.weight", new float[] {1f}, 1, 1), bias));
    assertEquals(
        "tensor 0.weight is missing, found [0.bias, 1.weight]",
        refusal(tensor("1.weight", new float[] {1f}, 1, 1), bias));
    assertEquals(
        "tensor 00.weight: N.weight or N.bias expected, as others are named",
        refusal(
            tensor("0.weight", new float[] {1f}, 1, 1),
            tensor("00.weight", new float[] {1f}, 1, 1),
            bias));
  }
}
