package dev.switchback.tools.doctor;

import static dev.switchback.tools.doctor.Findings.assertFinding;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class SocketChecksTest extends InstalledPi4 {
  private static final String RESTART = "sudo systemctl restart switchback";

  @Test
  void aMemberOfItsGroupMayUseIt() {
    assertFinding(Verdict.PASS, "pi is in switchback", SocketChecks.socket(subject));
  }

  @Test
  void whoIsNotIsToldTheCommand() throws IOException {
    machine
        .board
        .file("/proc/self/status", "Gid:\t1000\t1000\nGroups:\t20 993 1000 \n")
        .file("/etc/group", "switchback:x:990:\n");
    assertFinding(
        Verdict.WARN,
        "pi is not in switchback",
        "sudo usermod -aG switchback pi, then log in again",
        SocketChecks.socket(subject));
  }

  @Test
  void whoWasAddedMeanwhileHasToLogInAgain() throws IOException {
    machine.board.file("/proc/self/status", "Gid:\t1000\t1000\nGroups:\t20 993 1000 \n");
    assertFinding(
        Verdict.WARN,
        "this session began before",
        "log out and in again",
        SocketChecks.socket(subject));
  }

  @Test
  void aSocketThatOthersMayUseOrNobodyIsAFault() throws IOException {
    machine.makeSocket("rw-rw-rw-");
    assertFinding(
        Verdict.FAIL,
        "/run/switchback/line has rw-rw-rw-, group switchback instead of rw-rw----, group"
            + " switchback",
        RESTART,
        SocketChecks.socket(subject));
    machine.makeSocket("rw-rw----");
    machine.runGroup = "root";
    assertFinding(Verdict.FAIL, "rw-rw----, group root", RESTART, SocketChecks.socket(subject));
  }

  @Test
  void aServiceWithoutASocketHasToBeStartedAgain() throws IOException {
    machine.board.without("/run/switchback/line");
    assertFinding(Verdict.FAIL, "is missing", RESTART, SocketChecks.socket(subject));
    machine.board.file("/run/switchback/line", "");
    assertFinding(
        Verdict.FAIL,
        "is not a socket",
        "sudo rm -r /run/switchback/line && " + RESTART,
        SocketChecks.socket(subject));
  }

  @Test
  void withoutAServiceThereIsNothingToCheck() throws IOException {
    machine.board.without("/run/switchback/line").without("/run/switchback");
    assertFinding(Verdict.SKIP, "the service does not run", SocketChecks.socket(subject));
    machine.board.file("/etc/passwd", "root:x:0:0::/root:/bin/sh\n");
    assertFinding(Verdict.SKIP, "not installed", SocketChecks.socket(subject));
  }
}
