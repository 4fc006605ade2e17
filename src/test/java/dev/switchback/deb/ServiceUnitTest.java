package dev.switchback.deb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.switchback.sim.Requirement;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How far the service is shut in. That the unit works is for an installed package to show. */
class ServiceUnitTest {
  @TempDir Path directory;

  @Test
  void theExposureIsAtMostOneAndAHalf() throws Exception {
    Requirement.program(ServiceUnitTest.class, "systemd-analyze", "systemd");
    Path output = directory.resolve("output");
    int exitCode =
        new ProcessBuilder(
                "systemd-analyze",
                "security",
                "--offline=true",
                "--no-pager",
                "--threshold=15",
                "device-config/switchback.service")
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start()
            .waitFor();
    String report = Files.readString(output);
    assertEquals(0, exitCode, report);
  }
}
