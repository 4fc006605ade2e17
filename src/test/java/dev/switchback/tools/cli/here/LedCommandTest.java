package dev.switchback.tools.cli.here;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.tools.CommandLineRun;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedCommandTest {
  @TempDir Path directory;

  @Test
  void offSaysNothing() {
    assertEquals(new CommandLineRun(0, "", ""), CommandLineRun.of("led", "off", "--board", "sim"));
  }

  @Test
  void thereIsNoOtherState() {
    for (String[] args : new String[][] {{"led"}, {"led", "on"}}) {
      CommandLineRun run = CommandLineRun.of(args);
      assertEquals(2, run.exitCode());
      assertTrue(run.err().endsWith("Try 'switchback led --help'.\n"), run.err());
    }
  }

  @Test
  void aBadConfigurationIsRefused() throws Exception {
    Path config = Files.writeString(directory.resolve("c.properties"), "led = 99\n");
    CommandLineRun run = CommandLineRun.of("led", "off", "--config", config.toString());
    assertEquals(2, run.exitCode());
    assertTrue(run.err().contains("c.properties:1: led = 99: a BCM number is 0 to 27"), run.err());
  }
}
