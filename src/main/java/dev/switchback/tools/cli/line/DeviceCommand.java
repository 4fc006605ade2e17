package dev.switchback.tools.cli.line;

import dev.switchback.Clock;
import dev.switchback.SystemClock;
import dev.switchback.tools.cli.FileNames;
import dev.switchback.tools.cli.Subcommand;
import dev.switchback.tools.client.DeviceClient;
import dev.switchback.tools.client.DeviceFinder;
import dev.switchback.tools.client.LaptopException;
import dev.switchback.wire.LinkException;
import dev.switchback.wire.Port;
import dev.switchback.wire.SocketPort;
import dev.switchback.wire.serial.PortUser;
import dev.switchback.wire.serial.PortUsers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Base of the commands to a device on a line. */
abstract class DeviceCommand extends Subcommand {
  @Option(
      names = {"-p", "--port"},
      paramLabel = "PATH",
      completionCandidates = FileNames.Ports.class,
      defaultValue = "${env:SWITCHBACK_PORT}",
      description = {
        "Serial port of the device, such as /dev/ttyUSB0 or COM3; see ports.",
        "Default: $SWITCHBACK_PORT, else the device on this machine, else the only port that a"
            + " device answers on."
      })
  private @Nullable String path;

  @Option(
      names = "--line",
      paramLabel = "PATH",
      completionCandidates = FileNames.Sockets.class,
      description = {
        "Socket of a device on this machine, instead of a port. The service has"
            + " /run/switchback/line; run --state-dir DIR has DIR/line."
      })
  private @Nullable Path socket;

  @Mixin private LineOptions line = new LineOptions();

  private final Clock clock = new SystemClock();

  /** An operation on a port or a device. */
  interface Work<S, T> {
    T with(S subject) throws Exception;
  }

  final Clock clock() {
    return clock;
  }

  final int baud() {
    return line.baud();
  }

  /** Opens the device and runs the operation; see {@link #over}. */
  final <T> T ask(Work<DeviceClient, T> question) throws Exception {
    return over(port -> {
      try (DeviceClient device = DeviceClient.open(port, baud(), clock)) {
        return question.with(device);
      }
    });
  }

  /** Runs the operation. If nothing answers, the error lists other users of the port. */
  final <T> T over(Work<Port, T> work) throws Exception {
    Port port = port();
    try {
      return work.with(port);
    } catch (LaptopException e) {
      throw port instanceof SocketPort ? e : explained(e, port.toString());
    }
  }

  /** Whether a port or a socket is named. */
  final boolean hasPort() {
    return socket != null || (path != null && !path.isEmpty());
  }

  /**
   * Returns the named port or socket, else the socket of this machine, else the only port that a
   * device answers on.
   */
  final Port port() throws IOException {
    if (socket != null) {
      if (isGiven("--port")) {
        throw usage("--port and --line exclude each other");
      }
      return new SocketPort(socket);
    }
    if (path != null && !path.isEmpty()) {
      return line.port(path);
    }
    Port here = KnownPorts.socket();
    if (here != null && opens(here)) {
      return here;
    }
    try {
      return new DeviceFinder(baud(), clock).find(line.ports(KnownPorts.list()));
    } catch (LaptopException e) {
      throw KnownPorts.isServiceStopped()
          ? new LaptopException(
              e.kind(),
              "the service of this machine does not run, and " + e.what(),
              "run 'sudo systemctl start switchback'",
              e)
          : e;
    }
  }

  /** If not, the search says why. */
  private static boolean opens(Port port) {
    try {
      port.open().close();
      return true;
    } catch (LinkException e) {
      return false;
    }
  }

  private static LaptopException explained(LaptopException e, String port) {
    boolean isSilent =
        e.kind() == LaptopException.Kind.NO_REPLY || e.kind() == LaptopException.Kind.PROTOCOL;
    String others = isSilent ? others(PortUsers.of(port), port) : "";
    return others.isEmpty() ? e : new LaptopException(e.kind(), e.what() + others, e.fix(), e);
  }

  /** Describes other processes that have the port open and may consume its bytes. */
  static String others(List<PortUser> users, String port) {
    long own = ProcessHandle.current().pid();
    List<PortUser> others = users.stream().filter(user -> user.processId() != own).toList();
    return others.stream()
        .filter(PortUser::isConsole)
        .findFirst()
        .map(console -> "; " + console + " reads the port too: " + console.fix(port))
        .orElse(
            others.isEmpty()
                ? ""
                : "; it is also open in "
                    + others.stream().map(PortUser::toString).collect(Collectors.joining(", ")));
  }
}
