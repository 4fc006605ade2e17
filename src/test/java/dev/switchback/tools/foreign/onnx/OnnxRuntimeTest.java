package dev.switchback.tools.foreign.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.switchback.core.Engine;
import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Model;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.SplitMix;
import dev.switchback.core.nn.Topology;
import dev.switchback.sim.Requirement;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What we write, run by ONNX Runtime. */
@Timeout(120)
class OnnxRuntimeTest {
  private static final int NETWORKS = 1000;
  private static final int SAMPLES = 5;
  private static final int MAX_LAYERS = 4;
  private static final int MAX_WIDTH = 64;
  private static final double TOLERANCE = 1e-6;

  private static @Nullable OrtEnvironment runtime;

  @BeforeAll
  static void startRuntime() {
    String missing = "";
    try {
      runtime = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
    } catch (LinkageError | RuntimeException e) {
      missing = ", which says here: " + e;
    }
    Requirement.that(OnnxRuntimeTest.class, runtime != null, "ONNX Runtime" + missing);
  }

  private static OrtEnvironment runtime() {
    return Objects.requireNonNull(runtime);
  }

  private static OrtSession session(byte[] file) throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      return runtime().createSession(file, options);
    }
  }

  private static float[][] run(OrtSession session, float[][] inputs) throws OrtException {
    try (OnnxTensor tensor = OnnxTensor.createTensor(runtime(), inputs);
        OrtSession.Result result = session.run(Map.of("input", tensor))) {
      OnnxValue output = result.get("output").orElseThrow();
      return (float[][]) output.getValue();
    }
  }

  private static int below(SplitMix random, int limit) {
    return (int) Long.remainderUnsigned(random.nextLong(), limit);
  }

  private static Topology topology(SplitMix random) {
    int[] widths = new int[2 + below(random, MAX_LAYERS)];
    Arrays.setAll(widths, _ -> 1 + below(random, MAX_WIDTH));
    Activation[] activations = new Activation[widths.length - 1];
    for (int l = 0; l < activations.length; l++) {
      boolean maySoften = l == activations.length - 1 && widths[l + 1] > 1;
      List<Activation> choice = List.of(Activation.values());
      activations[l] = choice.get(below(random, choice.size() - (maySoften ? 0 : 1)));
    }
    return new Topology(widths, activations);
  }

  /** Weights and biases from N(0, 1 / fan-in). */
  private static Parameters network(SplitMix random) {
    Topology topology = topology(random);
    float[] values = new float[topology.parameterCount()];
    for (int l = 0; l < topology.layers(); l++) {
      double deviation = 1 / Math.sqrt(topology.fanIn(l));
      for (int k = topology.offset(l); k < topology.offset(l + 1); k++) {
        values[k] = (float) (random.nextGaussian() * deviation);
      }
    }
    return Parameters.of(topology, values);
  }

  private static float[][] inputs(SplitMix random, int width) {
    float[][] inputs = new float[SAMPLES][width];
    for (float[] sample : inputs) {
      for (int i = 0; i < width; i++) {
        sample[i] = (float) random.nextGaussian();
      }
    }
    return inputs;
  }

  /** Returns the largest difference, in units of max(1, |y|). */
  private static double difference(Parameters network, float[][] inputs, float[][] found) {
    Model model = Engine.FLOAT.model(network);
    float[] outputs = new float[network.topology().outputs()];
    double worst = 0;
    for (int n = 0; n < inputs.length; n++) {
      model.infer(inputs[n], outputs);
      for (int j = 0; j < outputs.length; j++) {
        double unit = Math.max(1, Math.abs(outputs[j]));
        worst = Math.max(worst, Math.abs((double) found[n][j] - outputs[j]) / unit);
      }
    }
    return worst;
  }

  @Test
  @Tag("slow")
  void anyNetworkAnswersThereAsHere() throws IOException, OrtException {
    SplitMix random = new SplitMix(2);
    double worst = 0;
    for (int k = 0; k < NETWORKS; k++) {
      Parameters network = network(random);
      byte[] file = Onnx.write(network, Map.of());
      assertEquals(network, Onnx.read(file).parameters());
      float[][] inputs = inputs(random, network.topology().inputs());
      try (OrtSession session = session(file)) {
        worst = Math.max(worst, difference(network, inputs, run(session, inputs)));
      }
    }
    System.out.printf(
        "ONNX Runtime %s: %d networks differ by at most %.1e of max(1, |y|)%n",
        runtime().getVersion(), NETWORKS, worst);
    assertTrue(worst <= TOLERANCE, "differs by " + worst);
  }

  private static TensorInfo info(@Nullable NodeInfo node) {
    return (TensorInfo) Objects.requireNonNull(node).getInfo();
  }

  @Test
  void inputAndOutputTakeABatchOfAnySize() throws OrtException {
    Parameters network = Parameters.of(Topology.parse("2-1", Activation.LINEAR), 1f, 2f, 3f);
    try (OrtSession session = session(Onnx.write(network, Map.of("seed", "1")))) {
      TensorInfo input = info(session.getInputInfo().get("input"));
      TensorInfo output = info(session.getOutputInfo().get("output"));
      assertArrayEquals(new long[] {-1, 2}, input.getShape());
      assertArrayEquals(new long[] {-1, 1}, output.getShape());
      assertArrayEquals(new String[] {"batch", ""}, input.getDimensionNames());
      assertEquals("switchback", session.getMetadata().getProducerName());
      assertEquals(
          Map.of("seed", "1", "activations", "linear"), session.getMetadata().getCustomMetadata());
      assertArrayEquals(new float[][] {{3f}}, run(session, new float[][] {{0, 0}}));
      assertArrayEquals(
          new float[][] {{4f}, {5f}, {6f}}, run(session, new float[][] {{1, 0}, {0, 1}, {1, 1}}));
    }
  }
}
