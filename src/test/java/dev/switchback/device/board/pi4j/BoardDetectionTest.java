package dev.switchback.device.board.pi4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoardDetectionTest {
  @TempDir private Path root;

  private BoardDetection machineCalled(String model) throws IOException {
    Path file = root.resolve("proc/device-tree/model");
    Files.createDirectories(file.getParent());
    Files.writeString(file, model);
    return new BoardDetection(root);
  }

  @Test
  void raspberryPiIsKnownByItsDeviceTree_withoutTheTrailingNul() throws IOException {
    BoardDetection machine = machineCalled("Raspberry Pi 4 Model B Rev 1.4\0");
    assertEquals("Raspberry Pi 4 Model B Rev 1.4", machine.model());
    assertTrue(machine.isRaspberryPi());
  }

  @Test
  void otherBoardIsNoRaspberryPi() throws IOException {
    BoardDetection machine = machineCalled("Xunlong Orange Pi Zero\0");
    assertEquals("Xunlong Orange Pi Zero", machine.model());
    assertFalse(machine.isRaspberryPi());
  }

  @Test
  void machineWithoutADeviceTreeHasNoModel() {
    BoardDetection machine = new BoardDetection(root);
    assertNull(machine.model());
    assertFalse(machine.isRaspberryPi());
  }

  @Test
  void emptyModelIsNone() throws IOException {
    assertNull(machineCalled("\0").model());
  }

  @Test
  void thisMachineIsLookedAtFromTheRoot() {
    assertEquals(Path.of("/"), BoardDetection.ofThisMachine().root());
  }
}
