package dev.switchback.tools.cli.line;

import dev.switchback.tools.cli.WholeNumber;
import dev.switchback.wire.LinkException;
import dev.switchback.wire.Port;
import dev.switchback.wire.SocketPort;
import dev.switchback.wire.serial.ControlLines;
import dev.switchback.wire.serial.ListedPort;
import dev.switchback.wire.serial.SerialPort;
import dev.switchback.wire.serial.SerialPorts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Options for opening serial ports. */
final class LineOptions {
  @Option(
      names = {"-b", "--baud"},
      paramLabel = "N",
      converter = Rate.class,
      defaultValue = "${env:SWITCHBACK_BAUD:-115200}",
      description = {
        "Baud rate of the device's port, 300 to 4000000.",
        "Default: $SWITCHBACK_BAUD, else 115200."
      })
  private int baud = Port.DEFAULT_BAUD;

  @Option(
      names = "--dtr",
      paramLabel = "on|off",
      converter = LevelName.class,
      description = {
        "State of Data Terminal Ready while the port is open; switching it on resets an Arduino.",
        "Default: set by the system, usually on."
      })
  private @Nullable Level dtr;

  @Option(
      names = "--rts",
      paramLabel = "on|off",
      converter = LevelName.class,
      description = "State of Request To Send while the port is open. Default: set by the system.")
  private @Nullable Level rts;

  /** Level of a control line. picocli treats a Boolean as an option without a value. */
  enum Level {
    ON,
    OFF
  }

  static final class LevelName implements ITypeConverter<Level> {
    @Override
    public Level convert(String text) {
      return switch (text) {
        case "on" -> Level.ON;
        case "off" -> Level.OFF;
        default -> throw new TypeConversionException("'" + text + "': use on or off");
      };
    }
  }

  /** Baud rates of {@link SerialPort}. */
  static final class Rate extends WholeNumber.Limited {
    Rate() {
      super(Port.MIN_BAUD, Port.MAX_BAUD);
    }
  }

  int baud() {
    return baud;
  }

  /** Returns all listed ports, prepared for opening at the same time. */
  List<Port> ports(List<ListedPort> listed) throws LinkException {
    SerialPorts.prepare();
    SocketPort socket = KnownPorts.socket();
    List<Port> ports = new ArrayList<>();
    for (ListedPort port : listed) {
      boolean isSocket = socket != null && port.path().equals(socket.toString());
      ports.add(isSocket ? socket : port(port.path()));
    }
    return ports;
  }

  Port port(String path) {
    return new SerialPort(path, baud, new ControlLines(isOn(dtr), isOn(rts)));
  }

  private static @Nullable Boolean isOn(@Nullable Level level) {
    return level == null ? null : Boolean.valueOf(level == Level.ON);
  }
}
