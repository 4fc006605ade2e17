package dev.switchback.tools.cli.line;

import dev.switchback.tools.cli.WholeNumber;
import dev.switchback.wire.LinkException;
import dev.switchback.wire.Port;
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

/** How serial ports are opened. */
final class LineOptions {
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

  @Option(
      names = "--dtr",
      paramLabel = "on|off",
      converter = LevelName.class,
      description = {
        "Set Data Terminal Ready while the port is open; an Arduino restarts when it comes on.",
        "Default: as the system sets it, which is on for most."
      })
  private @Nullable Level dtr;

  @Option(
      names = "--rts",
      paramLabel = "on|off",
      converter = LevelName.class,
      description = "Set Request To Send while the port is open. Default: as the system sets it.")
  private @Nullable Level rts;

  /** What a line is switched to. picocli would take a Boolean for an option without a value. */
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

  /** What {@link SerialPort} takes. */
  static final class Rate extends WholeNumber.Limited {
    Rate() {
      super(Port.MIN_BAUD, Port.MAX_BAUD);
    }
  }

  int baud() {
    return baud;
  }

  /** All of them, to be opened at once. */
  List<Port> ports(List<ListedPort> listed) throws LinkException {
    SerialPorts.prepare();
    List<Port> ports = new ArrayList<>();
    for (ListedPort port : listed) {
      ports.add(port(port.path()));
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
