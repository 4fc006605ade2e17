package dev.switchback.tools.cli.line;

import dev.switchback.wire.LinkException;
import dev.switchback.wire.SocketPort;
import dev.switchback.wire.serial.ListedPort;
import dev.switchback.wire.serial.SerialPorts;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ports to search for devices: the socket of a device on this machine, the serial ports of the
 * system, and those in the environment variable {@code SWITCHBACK_PORTS}, such as pseudo-terminals,
 * which the system does not list.
 */
final class KnownPorts {
  private static final String VARIABLE = "SWITCHBACK_PORTS";

  /** Names another socket than that of the service; empty for none. */
  private static final String SOCKET_VARIABLE = "SWITCHBACK_LINE";

  private static final Path UNIT = Path.of("/usr/lib/systemd/system/switchback.service");

  private KnownPorts() {}

  /** Returns the socket of a device on this machine; null if there is none. */
  static @Nullable SocketPort socket() {
    String named = System.getenv(SOCKET_VARIABLE);
    Path path = named == null ? SocketPort.SERVICE : Path.of(named);
    return SocketPort.isSocket(path) ? new SocketPort(path) : null;
  }

  /** Whether the service is installed here and has no socket. */
  static boolean isServiceStopped() {
    return Files.exists(UNIT) && !SocketPort.isSocket(SocketPort.SERVICE);
  }

  static List<ListedPort> list() throws LinkException {
    List<ListedPort> ports = new ArrayList<>();
    SocketPort socket = socket();
    if (socket != null) {
      String path = socket.toString();
      ports.add(new ListedPort(new File(path).getName(), path, null, "the device on this machine"));
    }
    ports.addAll(SerialPorts.list());
    for (String path : named(System.getenv().getOrDefault(VARIABLE, ""))) {
      ports.add(new ListedPort(new File(path).getName(), path, null, "named by " + VARIABLE));
    }
    return ports;
  }

  /** Splits a list such as {@code /dev/pts/1:/dev/pts/7}. */
  static List<String> named(String list) {
    return List.of(list.split(File.pathSeparator, -1)).stream()
        .filter(path -> !path.isEmpty())
        .toList();
  }
}
