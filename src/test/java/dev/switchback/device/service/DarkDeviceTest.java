package dev.switchback.device.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.tools.CommandLineRun;
import dev.switchback.tools.cli.line.CabledDevice;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands to a device without weights, whose LED is off. */
@Timeout(120)
class DarkDeviceTest {
  @TempDir private Path directory;

  @Test
  void statusSaysWhyAndARetrainingMendsIt() throws Exception {
    try (CabledDevice device =
        CabledDevice.open(directory, "truth = 1001", "recipe = numpy-backprop", "seed = 6")) {
      String dark = device.done("status");
      assertTrue(dark.contains("state: LED off, no model"), dark);
      assertTrue(dark.contains("training: not solved after 4000 epochs"), dark);
      assertFalse(dark.contains("answer  output"), "there is no truth table");
      Map<String, Object> json = device.run("status", "--json").json();
      assertEquals("LED off, no model", json.get("state"));
      assertFalse(json.containsKey("truthTable"));
      CommandLineRun confirm = device.run("confirm");
      assertEquals(0, confirm.exitCode(), confirm.err());
      String trained = device.done("retrain");
      assertTrue(trained.startsWith("solved after 4000 epochs"), trained);
      assertTrue(device.done("status").contains("state: answering"));
    }
  }
}
