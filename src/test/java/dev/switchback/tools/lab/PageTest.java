package dev.switchback.tools.lab;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.Engine;
import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Model;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Topology;
import dev.switchback.format.ImageVersion;
import dev.switchback.format.Safetensors;
import dev.switchback.format.WeightImage;
import dev.switchback.sim.Requirement;
import dev.switchback.sim.TestJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The modules of the page, by node's own runner, and the networks that they are compared with. */
class PageTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/page");
  private static final Path ACTUAL = Path.of("target/golden/page");
  private static final Path TESTS = Path.of("src/test/page");
  private static final int LIMIT_SECONDS = 180;
  private static final int LEAST_NODE = 20;

  /**
   * A network of the resources.
   *
   * @param seed of its weights; part of its version
   */
  record Golden(String name, int seed, Parameters parameters, Map<String, String> metadata) {
    @Override
    public String toString() {
      return name;
    }

    private Engine engine() {
      return Engine.of(metadata.getOrDefault("engine", "float"));
    }

    private ImageVersion version() {
      return new ImageVersion(seed, 255, 65535, 4294967295L - seed);
    }

    /** Outputs for each row, as JSON. */
    private String rows() {
      Topology topology = parameters.topology();
      Model model = Engine.FLOAT.model(parameters);
      List<String> rows = new ArrayList<>();
      for (int row = 0; row < 1 << topology.inputs(); row++) {
        float[] inputs = new float[topology.inputs()];
        for (int k = 0; k < inputs.length; k++) {
          inputs[k] = row >> (inputs.length - 1 - k) & 1;
        }
        float[] outputs = new float[topology.outputs()];
        model.infer(inputs, outputs);
        rows.add(Arrays.toString(outputs));
      }
      return rows.toString();
    }

    private String json() {
      return """
      {"version": "%s", "answers": "%s",
       "outputs": %s}
      """
          .formatted(version(), Engine.FLOAT.answers(parameters), rows());
    }
  }

  private static Golden golden(
      String name,
      int seed,
      String topology,
      Map<String, String> metadata,
      Activation... activations) {
    Topology plain = Topology.parse(topology, activations);
    Topology ruled = metadata.containsKey("answer") ? plain.withArgmax() : plain;
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[ruled.parameterCount()];
    for (int k = 0; k < values.length; k++) {
      values[k] = (float) random.nextDouble(-4, 4);
    }
    return new Golden(name, seed, Parameters.of(ruled, values), metadata);
  }

  /** One of each kind; the last for escapes, order and digits in the JSON of the header. */
  static List<Golden> goldens() {
    Map<String, String> odd =
        Map.of(
            "9",
            "nine",
            "10",
            "ten",
            "Z",
            "\u0001\u001f\n\t\"\\/\u007f\u2028ü\ud83d\ude00",
            "a",
            "");
    return List.of(
        golden("xor", 0, "2-2-1", Map.of("lesson", "0110", "recipe", "device"), Activation.SIGMOID),
        golden("tanh", 1, "3-4-2-1", Map.of("engine", "fixed"), Activation.TANH),
        golden(
            "linear",
            2,
            "2-3-2",
            Map.of("lesson", "0110,0001"),
            Activation.RELU,
            Activation.LINEAR),
        golden(
            "argmax", 3, "2-3-2", Map.of("answer", "argmax"), Activation.TANH, Activation.SIGMOID),
        golden("softmax", 4, "4-5-2", Map.of("seed", "7"), Activation.RELU, Activation.SOFTMAX),
        golden("names", 5, "1-1", odd, Activation.LINEAR));
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void theNetworksInTheResourcesAreThoseOfTheProgram(Golden each) throws Exception {
    WeightImage image =
        WeightImage.of(each.version(), each.parameters, each.engine(), each.metadata);
    Map<String, byte[]> files =
        Map.of(
            ".safetensors", Safetensors.write(each.parameters, each.metadata),
            ".img", image.bytes(),
            ".json", each.json().getBytes(UTF_8));
    Files.createDirectories(ACTUAL);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Files.write(ACTUAL.resolve(each.name + file.getKey()), file.getValue());
    }
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path golden = GOLDEN.resolve(each.name + file.getKey());
      assertArrayEquals(Files.readAllBytes(golden), file.getValue(), golden.toString());
    }
  }

  @Test
  @Tag("slow")
  @EnabledOnOs(OS.LINUX)
  void theTestsOfItsModulesPass() throws Exception {
    Requirement.program(PageTest.class, "node", "nodejs");
    Requirement.that(PageTest.class, nodeVersion() >= LEAST_NODE, "node 20 or later");
    Path log = Files.createTempFile("page", ".log");
    ProcessBuilder builder =
        new ProcessBuilder("node", "--test", TESTS.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("SWITCHBACK_JAVA", TestJvm.java());
    builder.environment().put("SWITCHBACK_CLASSPATH", TestJvm.classPath());
    Process process = builder.start();
    try {
      process.getOutputStream().close();
      assertTrue(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS), () -> text(log));
      assertEquals(0, process.exitValue(), () -> text(log));
    } finally {
      process.destroyForcibly();
      Files.delete(log);
    }
  }

  /** Returns the major version. */
  private static int nodeVersion() throws IOException {
    Process process = new ProcessBuilder("node", "--version").start();
    try (BufferedReader out = process.inputReader()) {
      String line = String.valueOf(out.readLine());
      return Integer.parseInt(line.replaceFirst("^v([0-9]+)[.].*", "$1"));
    }
  }

  private static String text(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
