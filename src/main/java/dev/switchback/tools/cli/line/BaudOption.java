package dev.switchback.tools.cli.line;

import dev.switchback.ExitCode;
import dev.switchback.Refusal;
import dev.switchback.wire.Port;
import dev.switchback.wire.serial.SerialPort;
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

  /** The ports of these paths. */
  List<Port> ports(List<String> paths) throws Refusal {
    List<Port> ports = new ArrayList<>();
    for (String path : paths) {
      ports.add(port(path));
    }
    return ports;
  }

  Port port(String path) throws Refusal {
    try {
      return new SerialPort(path, baud);
    } catch (IllegalArgumentException e) {
      throw new Refusal(ExitCode.USAGE, "--baud: " + e.getMessage(), e);
    }
  }
}
