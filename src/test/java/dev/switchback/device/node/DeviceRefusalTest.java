package dev.switchback.device.node;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.Engine;
import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.device.cable.DeviceStatusMap;
import dev.switchback.device.cable.RecentLogWriter;
import dev.switchback.device.config.ConfigurationParser;
import dev.switchback.device.config.DeviceConfiguration;
import dev.switchback.device.store.SlotFile;
import dev.switchback.device.store.SlotFiles;
import dev.switchback.device.store.Swap;
import dev.switchback.device.store.TestImage;
import dev.switchback.format.FormatException;
import dev.switchback.format.ImageVersion;
import dev.switchback.format.SigningKey;
import dev.switchback.format.WeightImage;
import dev.switchback.sim.PowerCutStorage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What could not answer here never reaches a slot, and the way back is as it was. */
class DeviceRefusalTest {
  private final PowerCutStorage storage =
      new PowerCutStorage(
          SlotFiles.of(SlotFile.A, Swap.NONE, TestImage.NEW.bytes(), TestImage.OLD.bytes()), 0);

  private DeviceLife started(String... settings) {
    DeviceConfiguration configuration =
        ConfigurationParser.parse(
            "test", String.join("\n", settings).getBytes(StandardCharsets.UTF_8));
    DeviceLife life = new DeviceLife(configuration, storage);
    life.start();
    assertEquals("NEW", life.answering());
    return life;
  }

  private static byte[] image(String widths, float... parameters) {
    Topology topology = Topology.parse(widths, Activation.SIGMOID);
    return WeightImage.of(
            ImageVersion.parse("2.0.0"),
            Parameters.of(topology, parameters),
            Engine.FLOAT,
            Map.of())
        .bytes();
  }

  /** Requires that nothing of the directory changed, and that the way back is open. */
  private void requireRefused(String reason, byte[] file, String... settings) {
    DeviceLife life = started(settings);
    Map<String, byte[]> before = storage.files();
    Exception refusal = assertThrows(Exception.class, () -> life.device().stage(file));
    assertTrue(String.valueOf(refusal.getMessage()).contains(reason), refusal::toString);
    assertEquals(refusal.getMessage(), life.device().refused());
    assertEquals(before.keySet(), storage.files().keySet());
    before.forEach((name, bytes) -> assertArrayEquals(bytes, storage.files().get(name), name));
    assertEquals("", life.apply("revert"));
    assertEquals("OLD", life.answering());
  }

  private static List<String> logged(String reason) {
    return RecentLogWriter.lines().stream().filter(line -> line.contains(reason)).toList();
  }

  @Test
  void aFloodOfRefusalsLeavesTheLogToOthers() {
    DeviceLife life = started();
    String file = "file: found 7 bytes, expected 80 to 1048576";
    for (int i = 0; i < 50; i++) {
      assertThrows(FormatException.class, () -> life.device().stage(new byte[7]));
      life.device().noteRefusal("a flooding peer may not do that");
    }
    assertEquals(List.of("warn image refused: " + file), logged(file));
    assertEquals(List.of(), logged("a flooding peer"));
    assertEquals("a flooding peer may not do that", life.device().refused());
    life.sleep(RefusalLog.PERIOD_NANOS);
    life.device().noteRefusal("a flooding peer may not do that");
    assertEquals(
        List.of("warn refused: a flooding peer may not do that; 99 more before it"),
        logged("a flooding peer"));
  }

  @Test
  void bytesThatAreNoImage() {
    requireRefused("file: found 3 bytes", new byte[3]);
  }

  @Test
  void oneByteMoreThanTheLargestImage() {
    requireRefused("expected 80 to 1048576", new byte[WeightImage.MAX_BYTES + 1]);
  }

  @Test
  void oneFlippedBit() {
    byte[] file = TestImage.NEWER.bytes();
    file[file.length / 2] ^= 1;
    requireRefused("SHA256", file);
  }

  @Test
  void anotherNumberOfSwitches() {
    requireRefused("topology 3-1-1, the device 2 switches", image("3-1-1", new float[6]));
  }

  @Test
  void moreOutputsThanOneLedCanShow() {
    requireRefused("has topology 2-3, the device 1 LED", image("2-3", new float[9]));
  }

  @Test
  void anotherTruthTable() {
    requireRefused("answers 0001 in float, the device's lesson is 0110", TestImage.BAD.bytes());
  }

  @Test
  void whatAnswersInFloatAloneOnADeviceInFixedPoint() throws Exception {
    // Beyond +-128 the fixed engine cuts weights off: OR - AND is no longer above the threshold.
    byte[] file = image("2-2-1", 20, 20, 20, 20, -10, -30, 300, -3000, -150);
    DeviceLife life = started("engine = float");
    assertEquals(
        TruthTable.XOR,
        TruthTable.answeredBy(Engine.FLOAT.model(WeightImage.read(file).parameters())));
    assertNotEquals(
        TruthTable.XOR,
        TruthTable.answeredBy(Engine.FIXED.model(WeightImage.read(file).parameters())));
    assertEquals("NEW", life.answering());
    requireRefused("in fixed, the device's lesson is 0110", file, "engine = fixed");
  }

  @Test
  void anImageThatNobodySigned(@TempDir Path directory) throws Exception {
    SigningKey key = SigningKey.generate();
    Path pem = directory.resolve("key.pub.pem");
    Files.writeString(pem, key.verifyingKey().toPem());
    requireRefused("expected a signature", TestImage.NEWER.bytes(), "public-key = " + pem);
  }

  @Test
  void anImageThatSomebodyElseSigned(@TempDir Path directory) throws Exception {
    Path pem = directory.resolve("key.pub.pem");
    Files.writeString(pem, SigningKey.generate().verifyingKey().toPem());
    WeightImage image = WeightImage.read(TestImage.NEWER.bytes());
    requireRefused("KEYHASH", image.signed(SigningKey.generate()).bytes(), "public-key = " + pem);
  }

  @Test
  void nothingIsReadBeforeTheStart() {
    DeviceLife life = new DeviceLife(storage);
    assertEquals(0, storage.readBeforeWritten().size());
    assertEquals("none yet", life.device().status().weights());
    assertTrue(
        String.join("\n", DeviceStatusMap.lines(life.device()))
            .contains("slot 0: no image, slot-a.img, was not read"));
  }

  @Test
  void aRestartFindsWhatWasRefusedNowhere() {
    requireRefused("lesson is 0110", TestImage.BAD.bytes());
    byte[] bad = TestImage.BAD.bytes();
    assertTrue(storage.files().values().stream().noneMatch(bytes -> Arrays.equals(bytes, bad)));
  }
}
