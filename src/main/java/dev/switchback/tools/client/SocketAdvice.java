package dev.switchback.tools.client;

import dev.switchback.wire.SocketPort;
import dev.switchback.wire.serial.PortUser;
import dev.switchback.wire.serial.PortUsers;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** What helps where a socket is there and what serves it does not do what a device does. */
public final class SocketAdvice {
  private SocketAdvice() {}

  /** Returns what to do on this machine. */
  public static String of(String path) {
    if (path.equals(SocketPort.SERVICE.toString())) {
      return "'systemctl status switchback' tells of the service,"
          + " 'sudo systemctl restart switchback' starts it again";
    }
    List<PortUser> users = PortUsers.ofSocket(Path.of(path));
    return users.isEmpty()
        ? "has the program that serves it been stopped?"
        : "it is served by "
            + users.stream().map(PortUser::toString).collect(Collectors.joining(", "))
            + "; "
            + users.getFirst().fix(path);
  }
}
