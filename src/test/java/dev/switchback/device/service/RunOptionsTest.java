package dev.switchback.device.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.switchback.ExitCode;
import dev.switchback.Refusal;
import dev.switchback.device.config.BoardChoice;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunOptionsTest {
  @Test
  void readsWhatAUnitFileHas() throws Exception {
    assertEquals(
        new RunOptions(Path.of("/etc/s.properties"), null, Path.of("/var/lib/s"), null, null),
        RunOptions.parse("--config", "/etc/s.properties", "--state-dir", "/var/lib/s"));
    assertEquals(
        new RunOptions(null, BoardChoice.SIM, null, "/dev/ttyS0", 9600),
        RunOptions.parse("--baud", "9600", "--port=/dev/ttyS0", "--board", "sim"));
    assertEquals(new RunOptions(null, null, null, "", null), RunOptions.parse("--port="));
    assertEquals(new RunOptions(null, null, null, null, null), RunOptions.parse());
  }

  @Test
  void theSocketIsInTheDirectoryOfTheServiceElseBesideTheWeights() throws Exception {
    RunOptions options = RunOptions.parse("--state-dir", "/var/lib/s");
    Map<String, String> service = Map.of("RUNTIME_DIRECTORY", "/run/s", "NOTIFY_SOCKET", "/n");
    assertEquals(Path.of("/run/s/line"), options.line(service));
    assertEquals(Path.of("/run/s/line"), RunOptions.parse().line(service));
    assertEquals(Path.of("/var/lib/s/line"), options.line(Map.of("RUNTIME_DIRECTORY", "/run/s")));
    assertEquals(Path.of("/var/lib/s/line"), options.line(Map.of("NOTIFY_SOCKET", "/n")));
    assertNull(RunOptions.parse().line(Map.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          status | 'status' is none of --config, --board, --state-dir, --port, --baud
          --ascii | '--ascii' is none of --config, --board, --state-dir, --port, --baud
          --ascii=yes | '--ascii' is none of --config, --board, --state-dir, --port, --baud
          --port p extra | 'extra' is none of --config, --board, --state-dir, --port, --baud
          --config | --config needs a value
          --config a --config b | --config is there twice
          --board pie | Invalid value for option '--board': unknown board 'pie': use auto, sim or pi
          --baud fast | Invalid value for option '--baud': 'fast': a whole number expected, 300 to 4000000
          """)
  void saysWhatIsWrong(String line, String message) {
    Refusal refusal = assertThrows(Refusal.class, () -> RunOptions.parse(line.split(" ", -1)));
    assertEquals(message, refusal.getMessage());
    assertEquals(ExitCode.USAGE.code(), refusal.exitCode());
  }
}
