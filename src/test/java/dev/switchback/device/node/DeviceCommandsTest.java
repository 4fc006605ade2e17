package dev.switchback.device.node;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.Engine;
import dev.switchback.core.LossCurve;
import dev.switchback.core.nn.Parameters;
import dev.switchback.device.config.ConfigurationParser;
import dev.switchback.device.config.DeviceConfiguration;
import dev.switchback.device.store.Event;
import dev.switchback.device.store.MemoryStorage;
import dev.switchback.device.store.StoreException;
import dev.switchback.device.store.StoreException.Reason;
import dev.switchback.format.FormatException;
import dev.switchback.format.ImageVersion;
import dev.switchback.format.SigningKey;
import dev.switchback.format.WeightImage;
import dev.switchback.sim.FakeBoard;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the cable may ask of the device. */
class DeviceCommandsTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final MemoryStorage storage = new MemoryStorage();

  private static WeightImage image(String version) {
    return WeightImage.of(
        ImageVersion.parse(version),
        FactoryImage.read().parameters(),
        Engine.FLOAT,
        Map.of("note", "deployed"));
  }

  private Device started(TrainingListener listener, String... settings) {
    DeviceConfiguration configuration =
        ConfigurationParser.parse(
            "test", String.join("\n", settings).getBytes(StandardCharsets.UTF_8));
    Device device = new Device(configuration, new FakeBoard(2), storage, listener);
    device.start();
    assertTrue(device.awaitMaintenance(LIMIT));
    return device;
  }

  private static Reason refusal(org.junit.jupiter.api.function.Executable command) {
    return assertThrows(StoreException.class, command).reason();
  }

  @Test
  void aTrialIsConfirmedOrTakenBack() throws Exception {
    try (Device device = started(new TrainingListener() {})) {
      String before = device.status().weights();
      WeightImage deployed = image("2.0.0");
      device.stage(deployed.bytes());
      assertEquals(before, device.status().weights(), "staging changes no answer");
      device.apply(Event.TEST, deployed);
      device.apply(Event.START, null);
      assertTrue(device.status().weights().matches("2\\.0\\.0 .*, on trial"));
      device.apply(Event.START, null);
      assertEquals(before, device.status().weights());
      device.apply(Event.TEST, null);
      device.apply(Event.START, null);
      device.apply(Event.CONFIRM, null);
      assertTrue(device.status().weights().matches("2\\.0\\.0 .*\\.img"));
      device.apply(Event.START, null);
      assertTrue(device.status().weights().matches("2\\.0\\.0 .*\\.img"));
      device.apply(Event.REVERT, null);
      assertEquals(
          before, device.status().weights(), "without a trial the image before answers again");
    }
  }

  @Test
  void revertEndsATrialAndCancelsAMark() throws Exception {
    try (Device device = started(new TrainingListener() {})) {
      String before = device.status().weights();
      device.stage(image("2.0.0").bytes());
      device.apply(Event.TEST, null);
      device.apply(Event.REVERT, null);
      device.apply(Event.START, null);
      assertEquals(before, device.status().weights());
      device.apply(Event.PERMANENT, null);
      device.apply(Event.REVERT, null);
      device.apply(Event.START, null);
      assertEquals(before, device.status().weights());
      device.apply(Event.TEST, null);
      device.apply(Event.START, null);
      device.apply(Event.REVERT, null);
      assertEquals(before, device.status().weights());
    }
  }

  @Test
  void whatIsRefusedSaysWhyUntilSomethingSucceeds() throws Exception {
    try (Device device = started(new TrainingListener() {})) {
      assertNull(device.refused());
      assertEquals(Reason.NO_IMAGE, refusal(() -> device.apply(Event.TEST, image("3.0.0"))));
      assertTrue(
          String.valueOf(device.refused()).startsWith("slot 1 holds another image"),
          device.refused());
      device.stage(image("2.0.0").bytes());
      assertNull(device.refused());
      device.apply(Event.ERASE, null);
      assertEquals(Reason.NO_IMAGE, refusal(() -> device.apply(Event.TEST, null)));
      device.stage(image("2.0.0").bytes());
      device.apply(Event.TEST, null);
      device.apply(Event.START, null);
      assertEquals(Reason.REFUSED, refusal(() -> device.stage(image("2.0.1").bytes())));
      assertEquals(Reason.REFUSED, refusal(() -> device.apply(Event.ERASE, null)));
    }
  }

  @Test
  void withAPublicKeyOnlyItsImagesComeIn(@TempDir Path directory) throws Exception {
    SigningKey key = SigningKey.generate();
    Path pem = directory.resolve("key.pub.pem");
    Files.writeString(pem, key.verifyingKey().toPem());
    try (Device device = started(new TrainingListener() {}, "public-key = " + pem)) {
      String slots = device.status().store().toString();
      assertThrows(FormatException.class, () -> device.stage(image("2.0.0").bytes()));
      assertNotNull(device.refused());
      WeightImage foreign = image("2.0.0").signed(SigningKey.generate());
      assertThrows(FormatException.class, () -> device.stage(foreign.bytes()));
      assertThrows(FormatException.class, () -> device.stage(new byte[100]));
      assertEquals(slots, device.status().store().toString());
      device.stage(image("2.0.0").signed(key).bytes());
      assertNull(device.refused());
    }
  }

  @Test
  void inferAsksTheNetworkThatAnswers() {
    try (Device device = started(new TrainingListener() {})) {
      Parameters answering = Objects.requireNonNull(device.parameters());
      float[] expected = new float[1];
      device.engine().model(answering).infer(new float[] {1, 0}, expected);
      assertArrayEquals(
          expected, Objects.requireNonNull(device.infer(new float[] {1, 0})).outputs());
    }
    String[] unsolved = {
      "truth = 1001", "lesson = configured", "recipe = numpy-backprop", "seed = 6"
    };
    try (Device device = started(new TrainingListener() {}, unsolved)) {
      assertNull(device.infer(new float[] {1, 0}), "nothing answers");
    }
  }

  @Test
  void theCurveIsReadPieceByPieceAndBeginsAnewWithEachTraining() throws Exception {
    try (Device device = started(new TrainingListener() {})) {
      LossCurve.Piece first = device.curve().after(0, 3);
      assertEquals(3, first.points().size());
      LossCurve.Piece second = device.curve().after(first.cursor(), 1000);
      assertTrue(second.points().getFirst().epoch() > first.points().getLast().epoch());
      assertEquals(0, device.curve().after(second.cursor(), 1000).points().size());
      device.retrain();
      assertTrue(device.awaitMaintenance(LIMIT));
      assertEquals(2, device.training().count());
      LossCurve.Piece anew = device.curve().after(second.cursor(), 1000);
      assertEquals(device.curve().after(0, 1000), anew);
      assertTrue(anew.points().size() > 10);
    }
  }
}
