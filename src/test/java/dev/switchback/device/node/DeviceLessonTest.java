package dev.switchback.device.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.Engine;
import dev.switchback.core.nn.NamedRecipe;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.device.config.ConfigurationParser;
import dev.switchback.device.config.Lesson;
import dev.switchback.device.store.Event;
import dev.switchback.device.store.MemoryStorage;
import dev.switchback.device.store.StoreException;
import dev.switchback.device.store.TestImage;
import dev.switchback.format.FormatException;
import dev.switchback.format.ImageMetadata;
import dev.switchback.format.ImageVersion;
import dev.switchback.format.WeightImage;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The lesson of an image is the device's from the moment the image answers. */
class DeviceLessonTest {
  private static final TruthTable XOR = TruthTable.XOR;
  private static final TruthTable OR = TruthTable.parse("0111");

  /** Returns an image that answers OR. */
  private static WeightImage or(Map<String, String> metadata) {
    return WeightImage.of(
        ImageVersion.parse("2.0.0"), TestImage.ofOrAndAnd(20, 0, -10), Engine.FLOAT, metadata);
  }

  private static WeightImage stated() {
    return or(Map.of(ImageMetadata.LESSON, "0111"));
  }

  private final MemoryStorage storage = new MemoryStorage();

  private DeviceLife started(String... settings) {
    byte[] file = String.join("\n", settings).getBytes(StandardCharsets.UTF_8);
    DeviceLife life = new DeviceLife(ConfigurationParser.parse("test", file), storage);
    life.start();
    return life;
  }

  private static void require(TruthTable truth, DeviceLife life) {
    Device device = life.device();
    assertEquals(truth, device.truth());
    assertEquals(truth, device.lesson().truth());
    assertEquals(truth, device.status().truth());
    for (int row = 0; row < truth.rows(); row++) {
      life.board().setRow(row);
      life.pass(30);
      assertEquals(truth.answer(row) == 1, life.board().ledActive(), "row " + row);
    }
  }

  private static void deploy(WeightImage image, Device device) throws Exception {
    device.stage(image.bytes());
    device.apply(Event.TEST, image);
    device.apply(Event.START, null);
  }

  @Test
  void theLessonComesWithTheWeightsAndGoesWithThem() throws Exception {
    DeviceLife life = started();
    require(XOR, life);
    life.device().stage(stated().bytes());
    require(XOR, life);
    life.device().apply(Event.TEST, null);
    require(XOR, life);
    life.device().apply(Event.START, null);
    require(OR, life);
    life.device().apply(Event.REVERT, null);
    require(XOR, life);
    deploy(stated(), life.device());
    require(XOR, started()); // Not confirmed: the restart takes it back.
  }

  @Test
  void aConfirmedLessonOutlivesARestartAndIsLearntAgain() throws Exception {
    DeviceLife life = started();
    deploy(stated(), life.device());
    life.device().apply(Event.CONFIRM, null);
    life = started();
    require(OR, life);
    assertEquals(0, life.device().training().count(), "what answers is not learnt again");
    assertEquals("", life.apply("retrain"));
    require(OR, life);
    WeightImage learnt = life.device().status().store().running().image();
    assertEquals(OR, learnt == null ? null : learnt.lesson());
    require(OR, started());
  }

  @Test
  void anImageWithoutALessonAnswersTheDevices() throws Exception {
    DeviceLife life = started();
    String refusal = refusal(life.device(), or(Map.of()));
    assertEquals(
        "the image answers 0111 in float, the device's lesson is 0110: switches 11 are wrong",
        refusal);
    deploy(stated(), life.device());
    life.device().apply(Event.CONFIRM, null);
    assertEquals(
        "the image states no lesson, and the device's is 0111 instead of the configured 0110:"
            + " deploy it with --truth",
        refusal(life.device(), or(Map.of())));
    assertTrue(
        refusal(life.device(), WeightImage.read(TestImage.NEWER.bytes())).contains("no lesson"));
    require(OR, life);
  }

  private static String refusal(Device device, WeightImage image) {
    return String.valueOf(
        assertThrows(StoreException.class, () -> device.stage(image.bytes())).getMessage());
  }

  @Test
  void anImageBreaksNoPromise() {
    assertEquals(
        "the image answers 0111 in float, its lesson is 0110: switches 11 are wrong",
        refusal(started().device(), or(Map.of(ImageMetadata.LESSON, "0110"))));
  }

  @Test
  void aConfigurationMayInsist() throws FormatException {
    DeviceLife life = started("lesson = configured");
    assertEquals(
        "the image has lesson 0111, the device insists on 0110", refusal(life.device(), stated()));
    StoreException refusal =
        assertThrows(
            StoreException.class,
            () -> life.device().learn(Lesson.of(OR, NamedRecipe.DEVICE, ""), 1));
    assertEquals(
        "the configuration insists on lesson 0110 (lesson = configured)", refusal.getMessage());
    require(XOR, life);
  }

  /** The configured table is what a device learns first; then its lesson is that of its weights. */
  @Test
  void anotherConfiguredTableDoesNotTakeALessonAway() {
    started();
    DeviceLife life = started("truth = 0111");
    require(XOR, life);
    assertEquals(OR, life.device().status().configured());
    DeviceLife insisting = started("truth = 0111", "lesson = configured");
    require(OR, insisting);
  }

  @Test
  void whatCannotBeLearntChangesNothing() throws StoreException {
    DeviceLife life = started("topology = 2-1", "truth = 0111");
    require(OR, life);
    life.device().learn(Lesson.of(XOR, NamedRecipe.DEVICE, "2-1"), 5);
    assertEquals(XOR, life.device().lesson().truth());
    assertEquals(OR, life.device().truth());
    life.settle();
    require(OR, life);
    require(OR, started("topology = 2-1", "truth = 0111"));
  }

  @Test
  void aDeploymentEndsTheTrainingForThePreviousLesson() throws Exception {
    DeviceLife life = started();
    life.device().retrain();
    assertTrue(life.maintain());
    assertTrue(life.device().training().running());
    deploy(stated(), life.device());
    assertFalse(life.device().training().running());
    assertEquals("stopped: the lesson is 0111 now", life.device().training().text());
    life.settle();
    require(OR, life);
  }
}
