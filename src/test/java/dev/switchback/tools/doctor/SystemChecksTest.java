package dev.switchback.tools.doctor;

import static dev.switchback.tools.doctor.Findings.assertFinding;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SystemChecksTest extends InstalledPi4 {
  private static final String WATCHDOG = "systemctl show --property=RuntimeWatchdogUSec --value";
  private static final String CLOCK = "timedatectl show --property=NTPSynchronized --value";
  private static final String SERVICE =
      "systemctl show switchback.service"
          + " --property=LoadState,ActiveState,NRestarts,Result,StatusText";

  @Test
  void aWatchdogThatIsOffIsFine() {
    assertFinding(
        Verdict.PASS,
        "Broadcom BCM2835 Watchdog timer is not used",
        SystemChecks.watchdog(subject));
  }

  @Test
  void aWatchdogLongerThanTheHardwareCountsFails() {
    machine.board.program(WATCHDOG, "14s\n");
    assertFinding(Verdict.PASS, "14s", SystemChecks.watchdog(subject));
    machine.board.program(WATCHDOG, "20s\n");
    assertFinding(
        Verdict.FAIL, "counts to 15 s", "RuntimeWatchdogSec=14", SystemChecks.watchdog(subject));
  }

  @Test
  void anotherMachineMayCountLonger() throws IOException {
    RecordedMachine pc = RecordedMachine.bare("pc", root.resolve("pc"));
    pc.board.program(WATCHDOG, "10min\n");
    assertFinding(Verdict.PASS, "10min", SystemChecks.watchdog(pc.subject("")));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "14s, 14", "1min 30s, 90", "1h, 3600", "999ms, 1", "15s 1us, 16"})
  void timesAreReadAsSystemdWritesThem(String time, long seconds) {
    assertEquals(seconds, SystemChecks.seconds(time));
  }

  @ParameterizedTest
  @CsvSource({
    "0x0, PASS, neither",
    "0x50005, WARN, under-voltage now",
    "0x50000, WARN, under-voltage since the start",
    "0x80008, WARN, throttled for heat now",
    "0x80000, WARN, throttled for heat since the start"
  })
  void theFirmwareTellsOfPowerAndHeat(String flags, Verdict verdict, String seen) {
    machine.board.program("vcgencmd get_throttled", "throttled=" + flags + "\n");
    assertFinding(verdict, seen, SystemChecks.power(subject));
  }

  @Test
  void firmwareThatCannotBeAskedIsNotJudged() {
    machine.board.program("vcgencmd get_throttled", "Can't open device file: /dev/vcio\n");
    assertFinding(
        Verdict.SKIP, "/dev/vcio", "sudo vcgencmd get_throttled", SystemChecks.power(subject));
  }

  @Test
  void aClockThatWasNotSetIsWorthALook() throws IOException {
    assertFinding(Verdict.PASS, "from the network", SystemChecks.clock(subject));
    machine.board.without("/run/systemd/timesync/synchronized");
    assertFinding(Verdict.SKIP, "timedatectl is not installed", SystemChecks.clock(subject));
    machine.board.program(CLOCK, "no\n");
    assertFinding(Verdict.WARN, "not set", "set-ntp true", SystemChecks.clock(subject));
    machine.board.program(CLOCK, "yes\n");
    assertFinding(Verdict.PASS, "from the network", SystemChecks.clock(subject));
  }

  private Finding service(String... lines) {
    machine.board.program(SERVICE, String.join("\n", lines) + "\n");
    return SystemChecks.service(subject);
  }

  @Test
  void aRunningServiceSaysWhatItDoes() {
    assertFinding(Verdict.PASS, "active: A=0 B=0, LED off", SystemChecks.service(subject));
  }

  @Test
  void aServiceThatRestartedIsWorthALook() {
    assertFinding(
        Verdict.WARN,
        "restarted 3 times",
        "journalctl -u switchback",
        service("LoadState=loaded", "ActiveState=active", "NRestarts=3"));
  }

  @Test
  void aFailedServiceFails() {
    assertFinding(
        Verdict.FAIL,
        "failed; exit-code, restarted 5 times",
        "journalctl -u switchback",
        service("LoadState=loaded", "ActiveState=failed", "Result=exit-code", "NRestarts=5"));
  }

  @Test
  void aStoppedServiceCanBeStarted() {
    assertFinding(
        Verdict.WARN,
        "inactive",
        "enable --now switchback",
        service("LoadState=loaded", "ActiveState=inactive", "NRestarts=0"));
  }

  @Test
  void withoutTheUnitThereIsNoService() {
    assertFinding(
        Verdict.SKIP,
        "not installed as a service",
        service("LoadState=not-found", "ActiveState=inactive"));
  }
}
