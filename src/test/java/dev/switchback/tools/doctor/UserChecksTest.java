package dev.switchback.tools.doctor;

import static dev.switchback.tools.doctor.Findings.assertFinding;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class UserChecksTest extends InstalledPi4 {
  private static final String STATUS = "Gid:\t1000\t1000\nGroups:\t1000 \n";

  @Override
  String settings() {
    return "port = /dev/serial0";
  }

  @Test
  void aMemberOfBothGroupsPasses() {
    assertFinding(Verdict.PASS, "pi is in gpio, dialout", UserChecks.groups(subject));
  }

  @Test
  void whoIsInNeitherIsToldTheCommand() throws IOException {
    machine.board.file("/proc/self/status", STATUS).file("/etc/group", "gpio:x:993:\n");
    assertFinding(
        Verdict.WARN,
        "pi is not in gpio, dialout",
        "sudo usermod -aG gpio,dialout pi",
        UserChecks.groups(subject));
  }

  @Test
  void whoWasAddedMeanwhileHasToLogInAgain() throws IOException {
    machine.board.file("/proc/self/status", STATUS);
    assertFinding(
        Verdict.WARN,
        "this session began before",
        "log out and in again",
        UserChecks.groups(subject));
  }

  @Test
  void rootNeedsNoGroup() throws IOException {
    machine.board.file("/proc/self/status", STATUS);
    machine.properties.put("user.name", "root");
    assertFinding(Verdict.PASS, "root may", UserChecks.groups(subject));
  }

  @Test
  void withoutPinsAndPortNobodyNeedsAny() {
    assertFinding(
        Verdict.SKIP, "no group is needed", UserChecks.groups(machine.subject("board = sim")));
  }

  @Test
  void aKernelThatHidesGroupsIsNotJudged() throws IOException {
    machine.board.without("/proc/self/status");
    assertFinding(Verdict.SKIP, "does not show", UserChecks.groups(subject));
  }

  @Test
  void theServiceUserMustBeInBoth() throws IOException {
    assertFinding(Verdict.PASS, "switchback is in gpio, dialout", UserChecks.serviceUser(subject));
    machine.board.file("/etc/group", "dialout:x:20:pi,switchback\ngpio:x:993:pi\n");
    assertFinding(
        Verdict.FAIL,
        "switchback is not in gpio",
        "sudo systemd-sysusers",
        UserChecks.serviceUser(subject));
  }

  @Test
  void withoutThePackageThereIsNoServiceUser() throws IOException {
    machine.board.file("/etc/passwd", "root:x:0:0::/root:/bin/sh\n");
    assertFinding(Verdict.SKIP, "not installed", UserChecks.serviceUser(subject));
  }
}
