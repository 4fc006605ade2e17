package dev.switchback.tools.foreign;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.Engine;
import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.SplitMix;
import dev.switchback.core.nn.Topology;
import dev.switchback.format.FormatException;
import dev.switchback.format.ImageVersion;
import dev.switchback.format.Safetensors;
import dev.switchback.format.WeightImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class WeightFileTest {
  private static final List<String> NAMES =
      List.of("w.img", "w.safetensors", "w.npz", "w-W1.npy", "w.onnx");
  private static final ImageVersion VERSION = new ImageVersion(1, 2, 3, 4);
  private static final Map<String, String> METADATA = Map.of("truth", "0110", "recipe", "device");

  @TempDir private Path directory;

  private static List<Arguments> pairs() {
    List<Arguments> pairs = new ArrayList<>();
    for (String first : NAMES) {
      NAMES.forEach(second -> pairs.add(Arguments.of(first, second)));
    }
    return pairs;
  }

  /** Every kind of float that a file may hold, and layers wide and narrow. */
  private static Parameters parameters() {
    Topology topology = Topology.parse("3-20-2", Activation.TANH, Activation.SOFTMAX);
    SplitMix stream = new SplitMix(5);
    float[] values = new float[topology.parameterCount()];
    for (int k = 0; k < values.length; k++) {
      values[k] = (float) stream.nextGaussian();
    }
    values[0] = -0f;
    values[1] = Float.MIN_VALUE;
    values[2] = -Float.MAX_VALUE;
    return Parameters.of(topology, values);
  }

  private WeightFile read(String name) throws IOException {
    return WeightFile.read(
        directory.resolve(name),
        Stated.NOTHING.assuming(_ -> new Activation[] {Activation.TANH, Activation.SOFTMAX}));
  }

  private static Map<Path, byte[]> writtenTo(WeightFile network, Path out) throws IOException {
    return network.writtenTo(out, WeightFile.writable(out, LayoutName.NUMPY), LayoutName.NUMPY);
  }

  /** Through a file of that name. */
  private WeightFile through(String name, WeightFile network) throws IOException {
    WeightFile writable = name.endsWith(".img") ? image(network) : network;
    for (Map.Entry<Path, byte[]> file : writtenTo(writable, directory.resolve(name)).entrySet()) {
      Files.write(file.getKey(), file.getValue());
    }
    return read(name);
  }

  private static WeightFile image(WeightFile network) throws IOException {
    return WeightFile.of(
        WeightImage.of(
            network.version(), network.parameters(), network.engine(), network.metadata()));
  }

  private static boolean keepsMetadata(String name) {
    return name.endsWith(".img") || name.endsWith(".safetensors") || name.endsWith(".onnx");
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void theWayThroughTwoFormatsChangesNoBit(String first, String second) throws IOException {
    WeightFile start = WeightFile.of(WeightImage.of(VERSION, parameters(), Engine.FIXED, METADATA));
    WeightFile end = through(second, through(first, start));
    assertEquals(start.parameters(), end.parameters());
    if (keepsMetadata(first) && keepsMetadata(second)) {
      assertEquals(start.metadata(), end.metadata());
      assertEquals(Engine.FIXED, end.engine());
    } else if (second.endsWith(".img")) {
      assertEquals(Engine.FLOAT, end.engine());
    }
    if (first.endsWith(".img") && second.endsWith(".img")) {
      assertArrayEquals(writtenTo(start, Path.of("w.img")).get(Path.of("w.img")), bytes("w.img"));
    }
  }

  private byte[] bytes(String name) throws IOException {
    return Files.readAllBytes(directory.resolve(name));
  }

  @ParameterizedTest
  @CsvSource({
    "golden/image/signed.img, IMAGE",
    "safetensors/numpy.safetensors, SAFETENSORS",
    "numpy/savez.npz, NPZ",
    "numpy/files/W1.npy, NPY",
    "onnx/sequential.onnx, ONNX",
    "fann/xor.net, FANN"
  })
  void theFormatIsToldByTheNameElseByTheFirstBytes(String name, WeightFormat format)
      throws IOException {
    Path file = Path.of("src/test/resources").resolve(name);
    assertEquals(format, WeightFormat.of(file));
    assertEquals(format, WeightFormat.of(Files.copy(file, directory.resolve("weights"))));
    assertEquals(format, WeightFormat.named(Path.of("none." + format.label())));
    Path named = Files.copy(file, directory.resolve("weights.npz"));
    assertEquals(WeightFormat.NPZ, WeightFormat.of(named));
  }

  @Test
  void filesTooShortForFirstBytesAreCalledSafetensors() throws IOException {
    Path file = Files.write(directory.resolve("empty"), new byte[0]);
    assertEquals(WeightFormat.SAFETENSORS, WeightFormat.of(file));
  }

  private static String refusal(Path file) {
    return String.valueOf(
        assertThrows(FormatException.class, () -> WeightFile.read(file, Stated.NOTHING))
            .getMessage());
  }

  @Test
  void whatIsNeverReadIsRefused() throws IOException {
    assertEquals("a C header is written, never read", refusal(directory.resolve("w.h")));
    Path large = Files.write(directory.resolve("w.img"), new byte[WeightImage.MAX_BYTES + 1]);
    assertTrue(refusal(large).startsWith("file: found 1048577 bytes"), refusal(large));
  }

  private static Stated saying(@Nullable Boolean isTransposed, @Nullable Coding coding) {
    return new Stated(
        List.of(Activation.LINEAR),
        null,
        coding,
        isTransposed,
        null,
        false,
        Stated.NOTHING.assumedActivations());
  }

  /** W1 is [[1, 2], [3, 4]], and b1 is [5, 6]. */
  private static WeightFile square(@Nullable Boolean isTransposed, @Nullable Coding coding)
      throws IOException {
    Path file = Path.of("src/test/resources/foreign/square.npz");
    return WeightFile.read(file, saying(isTransposed, coding));
  }

  @ParameterizedTest
  @CsvSource({"w.safetensors", "w.img"})
  void anOrientationThatWasAssumedStaysOpen(String name) throws IOException {
    WeightFile assumed = square(null, Coding.OF_DEVICES);
    assertEquals(List.of("orientation", "answer"), assumed.assumedLabels());
    through(name, assumed);
    WeightFile again = WeightFile.read(directory.resolve(name), Stated.NOTHING);
    assertEquals(List.of("orientation", "answer"), again.assumedLabels());
    WeightFile turned = WeightFile.read(directory.resolve(name), saying(true, null));
    assertEquals(List.of("answer"), turned.assumedLabels());
    assertArrayEquals(new float[] {1f, 3f, 2f, 4f, 5f, 6f}, turned.parameters().toArray());
    WeightFile kept = WeightFile.read(directory.resolve(name), saying(false, null));
    assertArrayEquals(assumed.parameters().toArray(), kept.parameters().toArray());
  }

  @Test
  void filesOfOursStateTheirOrientation() throws IOException {
    through("w.safetensors", square(false, Coding.OF_DEVICES));
    WeightFile again = WeightFile.read(directory.resolve("w.safetensors"), Stated.NOTHING);
    assertEquals(List.of("answer"), again.assumedLabels());
  }

  @Test
  void codingNeedsAnOrientationThatIsKnown() throws IOException {
    Coding coding = Coding.parse("-1,1");
    assertEquals(
        "with --coding, say whether its weights are [in, out]: --no-transposed, or --transposed",
        assertThrows(FormatException.class, () -> square(null, coding)).getMessage());
    assertArrayEquals(
        new float[] {2f, 4f, 6f, 8f, 5f - 4f, 6f - 6f},
        square(false, coding).parameters().toArray());
    assertArrayEquals(
        new float[] {2f, 6f, 4f, 8f, 5f - 3f, 6f - 7f},
        square(true, coding).parameters().toArray());
  }

  /** A file of somebody else may name what it likes. */
  @Test
  void anOrientationIsOnlyOpenWhereEveryMatrixIsSquare() throws IOException {
    Parameters parameters = new Parameters(Topology.parse("2-1", Activation.LINEAR));
    Path file = directory.resolve("w.safetensors");
    Files.write(file, Safetensors.write(parameters, Map.of("assumed", "orientation")));
    assertFalse(WeightFile.read(file, Stated.NOTHING).assumedLabels().contains("orientation"));
    assertThrows(FormatException.class, () -> WeightFile.read(file, saying(true, null)));
  }

  @Test
  void anEngineThatThereIsNotIsRefusedWhenAskedFor() {
    WeightFile network =
        new WeightFile(
            WeightFormat.SAFETENSORS,
            parameters(),
            Map.of("engine", "turbo"),
            null,
            null,
            Set.of(),
            List.of());
    assertEquals(
        "metadata 'engine': unknown engine 'turbo': use float or fixed",
        assertThrows(FormatException.class, network::engine).getMessage());
    assertEquals("0.1.0", network.version().toString());
    assertThrows(IllegalArgumentException.class, () -> writtenTo(network, Path.of("w.img")));
  }
}
