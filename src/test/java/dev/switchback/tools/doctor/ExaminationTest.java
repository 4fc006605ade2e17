package dev.switchback.tools.doctor;

import static dev.switchback.tools.doctor.Findings.assertFinding;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.device.config.DeviceConfiguration;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExaminationTest {
  @TempDir private Path root;

  private static List<String> notPassed(Subject subject) {
    return Examination.of(subject).stream()
        .filter(row -> row.finding().verdict() != Verdict.PASS)
        .map(row -> row.check() + " " + row.finding())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"pi-3", "pi-4", "pi-zero-2-w"})
  void aSoundDevicePassesEverything(String board) throws IOException {
    Subject subject = RecordedMachine.installed(board, root).subject("port = /dev/serial0");
    assertEquals(List.of(), notPassed(subject));
  }

  @ParameterizedTest
  @ValueSource(strings = {"pi-5", "pi-5-old-kernel"})
  void aSoundPi5HasNoMiniUart_andPassesTheRest(String board) throws IOException {
    RecordedMachine machine = RecordedMachine.installed(board, root);
    machine.board.file("/dev/ttyAMA0", "");
    List<String> rest = notPassed(machine.subject("port = /dev/ttyAMA0"));
    assertEquals(1, rest.size(), rest.toString());
    assertTrue(rest.getFirst().startsWith("uart-clock Finding[verdict=SKIP"), rest.toString());
  }

  @Test
  void aPcFailsNothing() throws IOException {
    Subject subject = RecordedMachine.bare("pc", root).subject("");
    for (Row row : Examination.of(subject)) {
      assertFalse(row.finding().verdict() == Verdict.FAIL, row.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"pi-4", "pi-5", "emulated", "pc"})
  void whateverIsWrongCanBeMended(String board) throws IOException {
    RecordedMachine machine = RecordedMachine.bare(board, root);
    for (Row row : Examination.of(machine.subject("board = pi\nport = /dev/serial0"))) {
      Verdict verdict = row.finding().verdict();
      boolean isFine = verdict == Verdict.PASS || verdict == Verdict.SKIP;
      assertTrue(isFine || !row.finding().fix().isEmpty(), row.toString());
    }
  }

  @Test
  void theRowsAreAlwaysTheSame() throws IOException {
    List<Row> rows = Examination.of(RecordedMachine.bare("pc", root).subject(""));
    List<String> names = rows.stream().map(Row::check).toList();
    assertEquals(23, names.stream().distinct().count());
    assertEquals("java", names.getFirst());
  }

  @Test
  void aConfigurationThatCannotBeUsedIsAFailureOfItsOwn() throws IOException {
    RecordedMachine machine = RecordedMachine.bare("pc", root);
    Subject subject =
        new Subject(
            machine,
            "/etc/switchback/switchback.properties",
            DeviceConfiguration.defaults(),
            "switchback.properties:7: led = 99: a BCM number is 0 to 27",
            "/var/lib/switchback");
    assertFinding(
        Verdict.FAIL,
        "led = 99",
        "sudoedit /etc/switchback/switchback.properties",
        Examination.of(subject).get(2).finding());
  }
}
