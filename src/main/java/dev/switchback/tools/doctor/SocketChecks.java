package dev.switchback.tools.doctor;

import dev.switchback.wire.SocketPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** Checks the socket by which commands on this machine reach the service. */
final class SocketChecks {
  private static final String SOCKET = SocketPort.SERVICE.toString();

  /** Made with each start of the service, and removed with its end. */
  private static final String DIRECTORY = "/run/switchback";

  private static final String MODE = "rw-rw----";
  private static final String RESTART = "sudo systemctl restart switchback";

  private SocketChecks() {}

  static Finding socket(Subject subject) {
    Machine machine = subject.machine();
    if (!ServiceUser.isOn(machine)) {
      return Finding.skip("no user switchback: the package is not installed");
    }
    if (!machine.has(DIRECTORY)) {
      return Finding.skip("the service does not run, so there is no " + SOCKET);
    }
    if (!SocketPort.isSocket(machine.file(SOCKET))) {
      return machine.has(SOCKET)
          ? Finding.fail(SOCKET + " is not a socket", "sudo rm -r " + SOCKET + " && " + RESTART)
          : Finding.fail(SOCKET + " is missing", RESTART);
    }
    String found = mode(machine) + ", group " + machine.group(SOCKET);
    String expected = MODE + ", group " + ServiceUser.NAME;
    if (!found.equals(expected)) {
      return Finding.fail(SOCKET + " has " + found + " instead of " + expected, RESTART);
    }
    return machine.property("user.name").equals(ServiceUser.NAME)
        ? Finding.pass(SOCKET + " is this user's own")
        : UserChecks.membership(machine, List.of(ServiceUser.NAME));
  }

  private static String mode(Machine machine) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(machine.file(SOCKET)));
    } catch (IOException e) {
      return "an unknown mode";
    }
  }
}
