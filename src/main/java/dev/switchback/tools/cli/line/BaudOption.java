package dev.switchback.tools.cli.line;

import dev.switchback.tools.cli.WholeNumber;
import dev.switchback.wire.Port;
import dev.switchback.wire.serial.ListedPort;
import dev.switchback.wire.serial.SerialPort;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** How fast serial ports are opened. */
final class BaudOption {
  @Option(
      names = {"-b", "--baud"},
      paramLabel = "N",
      converter = Rate.class,
      defaultValue = "${env:SWITCHBACK_BAUD:-115200}",
      description = {
        "Baud rate of the device's port, 300 to 4000000.",
        "Default: SWITCHBACK_BAUD of the environment, else 115200."
      })
  private int baud = Port.DEFAULT_BAUD;

  /** What {@link SerialPort} takes. */
  static final class Rate extends WholeNumber.Limited {
    Rate() {
      super(Port.MIN_BAUD, Port.MAX_BAUD);
    }
  }

  int baud() {
    return baud;
  }

  List<Port> ports(List<ListedPort> listed) {
    List<Port> ports = new ArrayList<>();
    for (ListedPort port : listed) {
      ports.add(port(port.path()));
    }
    return ports;
  }

  Port port(String path) {
    return new SerialPort(path, baud);
  }
}
