package dev.switchback.tools.cli.line;

import dev.switchback.wire.LinkException;
import dev.switchback.wire.serial.ListedPort;
import dev.switchback.wire.serial.SerialPorts;
import java.io.File;
import java.util.ArrayList;
import java.util.List;

/**
 * Ports to search for devices: the serial ports of the system, and those in the environment
 * variable {@code SWITCHBACK_PORTS}, such as pseudo-terminals, which the system does not list.
 */
final class KnownPorts {
  private static final String VARIABLE = "SWITCHBACK_PORTS";

  private KnownPorts() {}

  static List<ListedPort> list() throws LinkException {
    List<ListedPort> ports = new ArrayList<>(SerialPorts.list());
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
