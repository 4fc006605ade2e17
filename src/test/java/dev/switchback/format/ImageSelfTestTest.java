package dev.switchback.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.switchback.core.Engine;
import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.TruthTable;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ImageSelfTestTest {
  private static @Nullable String failure(
      String truth, Engine engine, String widths, Activation activation, float... values) {
    Topology topology = Topology.parse(widths, activation);
    WeightImage image =
        WeightImage.of(
            ImageVersion.parse("1.0.0"), Parameters.of(topology, values), engine, Map.of());
    return ImageSelfTest.failure(image, TruthTable.parse(truth), engine);
  }

  @Test
  void whatAnswersAsConfiguredPasses() {
    assertNull(failure("0001", Engine.FLOAT, "2-1", Activation.LINEAR, 0.4f, 0.4f, -0.2f));
    assertNull(failure("0001", Engine.FIXED, "2-1", Activation.LINEAR, 0.4f, 0.4f, -0.2f));
  }

  @Test
  void theFirstWrongPositionIsNamed() {
    assertEquals(
        "fails the self-test in float: switches 01 give 1, truth 0001 asks for 0",
        failure("0001", Engine.FLOAT, "2-1", Activation.LINEAR, 0.6f, 0.6f, 0));
    assertEquals(
        "fails the self-test in fixed: switches 11 give 0, truth 0001 asks for 1",
        failure("0001", Engine.FIXED, "2-1", Activation.LINEAR, 0, 0, 0));
  }

  @Test
  void theEngineThatAnswersIsTheOneThatIsTested() {
    // One millionth above one half, below the resolution of Q7.16.
    float[] values = {0, 0.500001f};
    assertNull(failure("11", Engine.FLOAT, "1-1", Activation.LINEAR, values));
    assertEquals(
        "fails the self-test in fixed: switches 0 give 0, truth 11 asks for 1",
        failure("11", Engine.FIXED, "1-1", Activation.LINEAR, values));
  }

  @Test
  void whatIsNoNumberFails() {
    assertEquals(
        "fails the self-test in float: switches 11 give no number, truth 0111 asks for 1",
        failure("0111", Engine.FLOAT, "2-1", Activation.LINEAR, 3e38f, 3e38f, 0));
  }

  @Test
  void aNetworkThatDoesNotFitTheBoardFails() {
    assertEquals(
        "has topology 1-1, the device 2 switches",
        failure("0001", Engine.FLOAT, "1-1", Activation.LINEAR, 1, 0));
    assertEquals(
        "has topology 1-3, an LED needs 1 or 2 outputs",
        failure("01", Engine.FLOAT, "1-3", Activation.LINEAR, 1, 1, 1, 0, 0, 0));
  }
}
