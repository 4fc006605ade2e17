package dev.switchback.device.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.switchback.device.config.BoardChoice;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunOptionsTest {
  @Test
  void readsWhatAUnitFileHas() {
    assertEquals(
        new RunOptions(Path.of("/etc/s.properties"), null, Path.of("/var/lib/s"), null, null),
        RunOptions.ofPlain("run", "--config", "/etc/s.properties", "--state-dir", "/var/lib/s"));
    assertEquals(
        new RunOptions(null, BoardChoice.SIM, null, "/dev/ttyS0", 9600),
        RunOptions.ofPlain("run", "--baud", "9600", "--port", "/dev/ttyS0", "--board", "sim"));
    assertEquals(new RunOptions(null, null, null, null, null), RunOptions.ofPlain("run"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "status",
        "run --ascii",
        "run --config",
        "run --config a --config b",
        "run --config=a",
        "run --board pie",
        "run --baud fast",
        "run --help",
        "status --port p",
        "run --port p extra"
      })
  void leavesEverythingElseToPicocli(String line) {
    String[] args = line.isEmpty() ? new String[0] : line.split(" ", -1);
    assertNull(RunOptions.ofPlain(args));
  }
}
