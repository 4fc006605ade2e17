package dev.switchback.device.board.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThisRaspberryPiTest {
  @TempDir private Path root;

  private void callMachine(String model) throws IOException {
    Path file = root.resolve("proc/device-tree/model");
    Files.createDirectories(file.getParent());
    Files.writeString(file, model);
  }

  @Test
  void raspberryPiIsKnownByItsDeviceTree_withoutTheTrailingNul() throws IOException {
    callMachine("Raspberry Pi 4 Model B Rev 1.4\0");
    assertEquals("Raspberry Pi 4 Model B Rev 1.4", RaspberryPi.readModel(root));
    assertTrue(RaspberryPi.isPresent(root));
  }

  @Test
  void otherBoardIsNoRaspberryPi() throws IOException {
    callMachine("Xunlong Orange Pi Zero\0");
    assertEquals("Xunlong Orange Pi Zero", RaspberryPi.readModel(root));
    assertFalse(RaspberryPi.isPresent(root));
  }

  @Test
  void machineWithoutADeviceTreeHasNoModel() {
    assertNull(RaspberryPi.readModel(root));
    assertFalse(RaspberryPi.isPresent(root));
  }

  @Test
  void emptyModelIsNone() throws IOException {
    callMachine("\0");
    assertNull(RaspberryPi.readModel(root));
  }
}
