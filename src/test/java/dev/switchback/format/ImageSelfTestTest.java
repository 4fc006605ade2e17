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
    return ImageSelfTest.failure(image, LessonRule.any(TruthTable.parse(truth)), engine);
  }

  @Test
  void whatAnswersAsConfiguredPasses() {
    assertNull(failure("0001", Engine.FLOAT, "2-1", Activation.LINEAR, 0.4f, 0.4f, -0.2f));
    assertNull(failure("0001", Engine.FIXED, "2-1", Activation.LINEAR, 0.4f, 0.4f, -0.2f));
  }

  @Test
  void theFirstWrongPositionIsNamed() {
    assertEquals(
        "answers 0111 in float, the device's lesson is 0001: switches 01 are wrong",
        failure("0001", Engine.FLOAT, "2-1", Activation.LINEAR, 0.6f, 0.6f, 0));
    assertEquals(
        "answers 0000 in fixed, the device's lesson is 0001: switches 11 are wrong",
        failure("0001", Engine.FIXED, "2-1", Activation.LINEAR, 0, 0, 0));
  }

  @Test
  void theEngineThatAnswersIsTheOneThatIsTested() {
    // One millionth above one half, below the resolution of Q7.16.
    float[] values = {0, 0.500001f};
    assertNull(failure("11", Engine.FLOAT, "1-1", Activation.LINEAR, values));
    assertEquals(
        "answers 00 in fixed, the device's lesson is 11: switches 0 are wrong",
        failure("11", Engine.FIXED, "1-1", Activation.LINEAR, values));
  }

  @Test
  void whatIsNoNumberFails() {
    assertEquals(
        "gives no number at switches 11 in float, the device's lesson is 0111",
        failure("0111", Engine.FLOAT, "2-1", Activation.LINEAR, 3e38f, 3e38f, 0));
  }

  /** The lesson takes the place of the device's, unless that is the only one. */
  @Test
  void anImageWithALessonIsTestedAgainstIt() {
    float[] or = {0.6f, 0.6f, 0};
    assertNull(failure(or, "0111", LessonRule.any(TruthTable.XOR)));
    assertNull(failure(or, "0111", new LessonRule(TruthTable.parse("0111"), true)));
    assertEquals(
        "has lesson 0111, the device insists on 0110",
        failure(or, "0111", new LessonRule(TruthTable.XOR, true)));
    assertEquals(
        "answers 0111 in float, its lesson is 0110: switches 11 are wrong",
        failure(or, "0110", LessonRule.any(TruthTable.parse("0111"))));
  }

  private static @Nullable String failure(float[] values, String lesson, LessonRule rule) {
    Topology topology = Topology.parse("2-1", Activation.LINEAR);
    WeightImage image =
        WeightImage.of(
            ImageVersion.parse("1.0.0"),
            Parameters.of(topology, values),
            Engine.FLOAT,
            Map.of(ImageMetadata.LESSON, lesson));
    return ImageSelfTest.failure(image, rule, Engine.FLOAT);
  }

  @Test
  void aNetworkThatDoesNotFitTheBoardFails() {
    assertEquals(
        "has topology 1-1, the device 2 switches",
        failure("0001", Engine.FLOAT, "1-1", Activation.LINEAR, 1, 0));
    assertEquals(
        "has topology 1-3, the device 1 LED",
        failure("01", Engine.FLOAT, "1-3", Activation.LINEAR, 1, 1, 1, 0, 0, 0));
  }
}
