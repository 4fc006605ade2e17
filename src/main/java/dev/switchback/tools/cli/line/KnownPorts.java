package dev.switchback.tools.cli.line;

import dev.switchback.wire.LinkException;
import dev.switchback.wire.serial.ListedPort;
import dev.switchback.wire.serial.SerialPorts;
import java.io.File;
import java.util.ArrayList;
import java.util.List;

/**
 * The ports that a device is looked for on: those of the system, and those that {@code
 * SWITCHBACK_PORTS} of the environment names, such as pseudo-terminals, which no list shows.
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

  /** The parts of a list such as {@code /dev/pts/1:/dev/pts/7}. */
  static List<String> named(String list) {
    return List.of(list.split(File.pathSeparator, -1)).stream()
        .filter(path -> !path.isEmpty())
        .toList();
  }
}
