package dev.switchback.tools.cli.line;

import dev.switchback.Refusal;
import dev.switchback.tools.cli.Blame;
import dev.switchback.wire.Port;
import dev.switchback.wire.serial.ListedPort;
import dev.switchback.wire.serial.SerialPort;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** How fast serial ports are opened. */
final class BaudOption {
  @Option(
      names = {"-b", "--baud"},
      paramLabel = "N",
      defaultValue = "${env:SWITCHBACK_BAUD:-115200}",
      description = {
        "Baud rate of the device's port, 300 to 4000000.",
        "Default: SWITCHBACK_BAUD of the environment, else 115200."
      })
  private int baud = Port.DEFAULT_BAUD;

  int baud() {
    return baud;
  }

  List<Port> ports(List<ListedPort> listed) throws Refusal, IOException {
    List<Port> ports = new ArrayList<>();
    for (ListedPort port : listed) {
      ports.add(port(port.path()));
    }
    return ports;
  }

  Port port(String path) throws Refusal, IOException {
    return Blame.on("--baud", () -> new SerialPort(path, baud));
  }
}
