package dev.switchback.tools.doctor;

import static dev.switchback.tools.doctor.Findings.assertFinding;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.switchback.device.config.ConfigurationException;
import dev.switchback.device.config.ConfigurationParser;
import dev.switchback.device.config.DeviceConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationChecksTest extends InstalledPi4 {
  private static final String FILE = "/etc/switchback/switchback.properties";
  private static final String RESTORE =
      "sudo install -m 644 /usr/lib/switchback/switchback.properties " + FILE;

  private Path file;

  @BeforeEach
  void install() throws IOException {
    file = root.resolve(FILE.substring(1));
    String unit = Files.readString(Path.of("device-config/switchback.service"));
    machine.board.file("/usr/lib/systemd/system/switchback.service", unit);
    machine.board.file("/usr/lib/switchback/switchback.properties", "port = /dev/serial0\n");
    machine.board.file(FILE, "port = /dev/serial0\n");
    permit("rw-r--r--");
  }

  private void permit(String permissions) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  /** As the command does: read first, and what is wrong with it is told. */
  private Finding found() {
    DeviceConfiguration configuration = DeviceConfiguration.defaults();
    String problem = null;
    try {
      configuration = ConfigurationParser.read(file);
    } catch (ConfigurationException e) {
      problem = e.getMessage();
    }
    return ConfigurationChecks.file(
        new Subject(machine, FILE, configuration, problem, "/var/lib/switchback"));
  }

  @Test
  void aSoundFilePasses() {
    assertFinding(Verdict.PASS, FILE, found());
  }

  @Test
  void aFileThatTheUnitNamesAndIsGoneIsBroughtBack() throws IOException {
    machine.board.without(FILE);
    assertFinding(Verdict.FAIL, FILE + " is missing", RESTORE, ConfigurationChecks.file(subject));
  }

  @Test
  void withoutTheUnitTheDefaultsHold() throws IOException {
    machine.board.without("/usr/lib/systemd/system/switchback.service").without(FILE);
    assertFinding(Verdict.PASS, "the defaults hold", ConfigurationChecks.file(subject));
  }

  @Test
  void anEmptyFileIsWorthALook() throws IOException {
    machine.board.file(FILE, "");
    permit("rw-r--r--");
    assertFinding(Verdict.WARN, "is empty, so the defaults hold", RESTORE, found());
  }

  @Test
  void aFileOfZerosIsBroughtBack() throws IOException {
    Files.write(file, new byte[300]);
    assertFinding(Verdict.FAIL, FILE.substring(1), RESTORE, found());
  }

  @Test
  void aPipeIsReplaced_andNobodyWaitsForIt() throws Exception {
    machine.board.without(FILE);
    assertEquals(0, new ProcessBuilder("mkfifo", file.toString()).start().waitFor());
    assertFinding(Verdict.FAIL, "is a pipe or a device, no regular file", RESTORE, found());
  }

  /** Root sees no difference, so it is not asked whether this user may read it. */
  @Test
  void aFileThatTheServiceMayNotReadIsOpenedToIt() throws IOException {
    permit("rw-------");
    Subject read =
        new Subject(machine, FILE, DeviceConfiguration.defaults(), null, "/var/lib/switchback");
    assertFinding(
        Verdict.FAIL,
        "switchback may not read " + FILE,
        "sudo chmod a+rX /etc/switchback " + FILE,
        ConfigurationChecks.file(read));
    Path directory = file.getParent();
    permit("rw-r--r--");
    assertFinding(Verdict.PASS, FILE, ConfigurationChecks.file(read));
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    assertFinding(Verdict.FAIL, "switchback may not read", ConfigurationChecks.file(read));
  }

  @Test
  void itIsEnoughThatTheGroupOfTheServiceMayReadIt() throws IOException {
    permit("rw-r-----");
    machine.group = "switchback";
    assertFinding(Verdict.PASS, FILE, found());
    machine.group = "root";
    assertFinding(Verdict.FAIL, "switchback may not read", found());
  }

  @Test
  void aMistakeIsForAnEditor() throws IOException {
    machine.board.file(FILE, "led = 99\n");
    assertFinding(Verdict.FAIL, "led = 99", "sudoedit " + FILE, found());
  }

  @ParameterizedTest
  @ValueSource(strings = {"switches = 14,15\\nled = 2\\n", "switches = 17,14\\n", "led = 15\\n"})
  void pinsOfTheCableAreNotForSwitches(String lines) throws IOException {
    machine.board.file(FILE, lines + "port = /dev/serial0\\n");
    permit("rw-r--r--");
    assertFinding(
        Verdict.WARN,
        "GPIO14 and GPIO15 (pins 8 and 10) are the cable's, /dev/serial0",
        "sudoedit " + FILE,
        found());
    machine.board.without("/dev/serial0");
    assertFinding(Verdict.WARN, "are the cable's", found());
    machine.board.file(FILE, lines + "port = /dev/ttyUSB0\\n");
    permit("rw-r--r--");
    assertFinding(Verdict.PASS, FILE, found());
    machine.board.file(FILE, lines);
    permit("rw-r--r--");
    assertFinding(Verdict.PASS, FILE, found());
  }
}
