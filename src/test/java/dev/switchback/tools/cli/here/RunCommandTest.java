package dev.switchback.tools.cli.here;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.device.store.DirectoryStorage;
import dev.switchback.tools.CommandLineRun;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCommandTest {
  @TempDir Path directory;

  @Test
  void aBadConfigurationStopsTheStart() throws Exception {
    Path config = Files.writeString(directory.resolve("c.properties"), "led = 99\nengin = float\n");
    CommandLineRun run = CommandLineRun.of("run", "--board", "sim", "--config", config.toString());
    assertEquals(2, run.exitCode());
    assertTrue(run.err().contains("c.properties:1: led = 99: a BCM number is 0 to 27"), run.err());
    assertTrue(run.err().contains("c.properties:2: unknown key 'engin' (did you mean 'engine'?)"));
  }

  @Test
  void anUnknownBoardIsAUsageError() {
    CommandLineRun run = CommandLineRun.of("run", "--board", "pie");
    assertEquals(2, run.exitCode());
    assertTrue(
        run.err()
            .contains(
                "Invalid value for option '--board': unknown board 'pie': use auto, sim or pi"),
        run.err());
  }

  @Test
  void aBaudRateOutOfRangeIsAUsageError() {
    for (String baud : new String[] {"299", "4000001"}) {
      CommandLineRun run =
          CommandLineRun.of("run", "--board", "sim", "--port", "/dev/none", "--baud", baud);
      assertEquals(2, run.exitCode());
      assertEquals(
          "switchback: Invalid value for option '--baud': '"
              + baud
              + "': a whole number expected, 300 to 4000000",
          run.err().lines().findFirst().orElse(""));
    }
  }

  @Test
  void aStateDirectoryThatIsAFileIsRefused() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "");
    CommandLineRun run = CommandLineRun.of("run", "--board", "sim", "--state-dir", file.toString());
    assertEquals(2, run.exitCode());
    assertTrue(run.err().contains("is not a directory"), run.err());
  }

  @Test
  void aStateDirectoryInUseIsBusy() throws Exception {
    try (DirectoryStorage storage = DirectoryStorage.open(directory)) {
      CommandLineRun run =
          CommandLineRun.of("run", "--board", "sim", "--state-dir", directory.toString());
      assertEquals(5, run.exitCode());
      assertEquals(
          "switchback: state directory " + directory + " is in use by another process",
          run.err().strip());
      assertEquals(directory.toString(), storage.toString());
    }
  }

  @Test
  void helpIsThereForEveryCommand() {
    for (String command :
        new String[] {
          "run", "train", "recipes", "eval", "plot", "convert", "inspect", "keygen", "sign",
          "verify", "ports", "deploy", "status", "retrain", "teach", "unteach", "pull", "confirm",
          "revert", "lab", "monitor"
        }) {
      CommandLineRun run = CommandLineRun.of(command, "--help");
      assertEquals(0, run.exitCode());
      assertTrue(run.out().startsWith("Usage: switchback " + command), run.out());
    }
  }
}
