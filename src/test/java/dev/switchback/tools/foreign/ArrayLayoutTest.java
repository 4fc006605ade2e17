package dev.switchback.tools.foreign;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.Engine;
import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Topology;
import dev.switchback.format.FormatException;
import dev.switchback.format.Safetensors;
import dev.switchback.format.TensorPlace;
import dev.switchback.sim.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class ArrayLayoutTest {
  /** A square layer among them, which shapes alone do not tell. */
  private static final Topology TOPOLOGY =
      Topology.parse("2-3-3-1", Activation.TANH, Activation.RELU, Activation.SIGMOID);

  @TempDir private Path directory;

  private static Parameters network(Topology topology) {
    float[] values = new float[topology.parameterCount()];
    for (int k = 0; k < values.length; k++) {
      values[k] = (k * 7 % 11 - 5) / 4f;
    }
    return Parameters.of(topology, values);
  }

  private static String names(LayoutName layout, Topology topology) {
    return String.join(" ", layout.of(topology).names());
  }

  @ParameterizedTest
  @CsvSource({
    "NUMPY, W1 b1 W2 b2 W3 b3",
    "TORCH, 0.weight 0.bias 2.weight 2.bias 4.weight 4.bias",
    "KERAS, dense/kernel dense/bias dense_1/kernel dense_1/bias dense_2/kernel dense_2/bias"
  })
  void namesAreThoseOfTheFramework(LayoutName layout, String names) {
    assertEquals(names, names(layout, TOPOLOGY));
  }

  /** As {@code nn.Sequential(Linear, Linear, Tanh, Linear)}. */
  @Test
  void torchHasNoModuleForALinearActivation() {
    assertEquals(
        "0.weight 0.bias 1.weight 1.bias 3.weight 3.bias",
        names(
            LayoutName.TORCH,
            Topology.parse("2-3-3-1", Activation.LINEAR, Activation.TANH, Activation.LINEAR)));
  }

  private Map<Path, byte[]> written(String name, LayoutName layout) throws IOException {
    Path out = directory.resolve(name);
    WeightFormat format = WeightFile.writable(out, layout);
    Map<Path, byte[]> files =
        WeightFile.of(network(TOPOLOGY), Map.of()).writtenTo(out, format, layout);
    for (Map.Entry<Path, byte[]> entry : files.entrySet()) {
      Files.write(entry.getKey(), entry.getValue());
    }
    return files;
  }

  @ParameterizedTest
  @CsvSource({
    "w.npz, NUMPY",
    "w.npz, TORCH",
    "w.safetensors, NUMPY",
    "w.safetensors, TORCH",
    "xor-W1.npy, NUMPY",
    "0.weight.npy, TORCH",
    "xor-0.weight.npy, TORCH"
  })
  void everyLayoutIsReadBack(String name, LayoutName layout) throws IOException {
    written(name, layout);
    Stated stated =
        Stated.NOTHING.with(List.of(Activation.TANH, Activation.RELU, Activation.SIGMOID));
    assertEquals(network(TOPOLOGY), WeightFile.read(directory.resolve(name), stated).parameters());
  }

  @Test
  void theFilesOfASetAreNamedAsTheirArrays() throws IOException {
    assertEquals(
        Stream.of("dense.kernel", "dense.bias", "dense_1.kernel", "dense_1.bias")
            .map(name -> directory.resolve("xor-" + name + ".npy"))
            .toList(),
        List.copyOf(written("xor-dense.kernel.npy", LayoutName.KERAS).keySet()).subList(0, 4));
    assertEquals(
        "the name of the first file of a set expected, 0.weight.npy or with a prefix as in"
            + " xor-0.weight.npy",
        assertThrows(FormatException.class, () -> written("W1.npy", LayoutName.TORCH))
            .getMessage());
    assertThrows(FormatException.class, () -> written("x0.weight.npy", LayoutName.TORCH));
  }

  /** Our own form is the one of weight images, to the byte. */
  @Test
  void safetensorsWithOurNamesStayAsTheyAre() throws IOException {
    Parameters parameters = network(TOPOLOGY);
    assertArrayEquals(
        Safetensors.write(parameters, Map.of()),
        written("w.safetensors", LayoutName.NUMPY).get(directory.resolve("w.safetensors")));
  }

  private static List<String> order(ArrayLayout layout, Parameters parameters) {
    return layout.of(parameters).stream().map(TensorPlace::name).toList();
  }

  @Test
  void arraysByNumberFollowTheirNumbers() {
    Parameters parameters = network(Topology.parse("2-3-1", Activation.SIGMOID));
    ArrayLayout layout = new ArrayLayout(List.of("arr_0", "arr_2", "arr_1", "arr_10"), false);
    assertEquals(List.of("arr_0", "arr_1", "arr_2", "arr_10"), order(layout, parameters));
  }

  @Test
  void aMissingBiasMustBeZero() {
    Topology topology = Topology.parse("1-1-1", Activation.SIGMOID);
    ArrayLayout layout = new ArrayLayout(List.of("W0", "-", "W1", "b1"), false);
    assertEquals(List.of("W0", "W1", "b1"), order(layout, Parameters.of(topology, 1, 0, 2, 3)));
    Parameters biased = Parameters.of(topology, 1, 9, 2, 3);
    assertEquals(
        "b1 is not zero, and this layout has no bias there: choose another",
        assertThrows(IllegalArgumentException.class, () -> layout.of(biased)).getMessage());
    assertThrows(
        IllegalArgumentException.class, () -> new ArrayLayout(List.of("W"), true).of(biased));
  }

  /** Returns what a script prints. */
  private static String python(String... arguments) throws IOException, InterruptedException {
    Path python = Path.of("/usr/bin/python3");
    Requirement.that(ArrayLayoutTest.class, Files.isExecutable(python), python.toString());
    Process process =
        new ProcessBuilder(
                Stream.concat(Stream.of(python.toString()), Arrays.stream(arguments)).toList())
            .redirectErrorStream(true)
            .start();
    String text = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    return text.strip();
  }

  /** Both files through {@code load_state_dict}, which takes no other names or shapes. */
  @Test
  @Tag("slow")
  void torchLoadsItsLayoutAndAnswersAlike() throws IOException, InterruptedException {
    written("w.npz", LayoutName.TORCH);
    written("w.safetensors", LayoutName.TORCH);
    written("keras.npz", LayoutName.KERAS);
    String printed = python("src/test/resources/torch/load.py", directory.toString());
    Requirement.that(
        ArrayLayoutTest.class,
        !printed.equals("no torch"),
        "torch for /usr/bin/python3 (apt-get install python3-torch)");
    float[] outputs = new float[1];
    Engine.FLOAT.model(network(TOPOLOGY)).infer(new float[] {0.25f, -1f}, outputs);
    List<String> lines = printed.lines().toList();
    assertEquals(3, lines.size(), printed);
    assertEquals(outputs[0], Float.parseFloat(lines.get(0)), 1e-6, printed);
    assertEquals(lines.get(0), lines.get(1));
    assertEquals(
        "dense/kernel dense/bias dense_1/kernel dense_1/bias dense_2/kernel dense_2/bias",
        lines.get(2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"numpy", "torch", "keras"})
  void layoutsHaveNames(String label) {
    assertEquals(label, LayoutName.of(label).label());
    assertThrows(IllegalArgumentException.class, () -> LayoutName.of(label + "s"));
  }
}
