package dev.switchback.tools.cli.line;

import dev.switchback.ExitCode;
import dev.switchback.SystemClock;
import dev.switchback.tools.cli.JsonObject;
import dev.switchback.tools.cli.Report;
import dev.switchback.tools.cli.Subcommand;
import dev.switchback.tools.client.DeviceFinder;
import dev.switchback.tools.client.LaptopException;
import dev.switchback.tools.client.Probe;
import dev.switchback.wire.serial.ListedPort;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExitCodeGenerator;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code switchback ports}: lists the lines of this machine and the devices that answer. */
@Command(
    name = "ports",
    description = {
      "Lists the serial ports, and the socket of a device on this machine, with the devices that"
          + " answer on them.",
      "",
      "Opens each port and sends a request; an Arduino may reset when its port is opened.",
      "",
      "The environment variable SWITCHBACK_PORTS adds ports, such as pseudo-terminals, separated"
          + " by ':'.",
      ""
    })
public final class PortsCommand extends Subcommand implements IExitCodeGenerator {
  @Mixin private LineOptions line = new LineOptions();

  @Option(names = "--no-probe", description = "List the ports without opening them.")
  private boolean isOnlyListed;

  @Option(names = "--json", description = "Print the ports as one JSON object.")
  private boolean json;

  private boolean isAllDenied;

  @Override
  protected void run() throws Exception {
    List<ListedPort> ports = KnownPorts.list();
    List<Probe> probes =
        isOnlyListed
            ? List.of()
            : new DeviceFinder(line.baud(), new SystemClock()).probe(line.ports(ports));
    isAllDenied = !probes.isEmpty() && probes.stream().allMatch(PortsCommand::isDenied);
    print(json, new Listing(line.baud(), ports, probes));
  }

  private static boolean isDenied(Probe probe) {
    return probe.trouble() != null && probe.trouble().kind() == LaptopException.Kind.PERMISSION;
  }

  @Override
  public int getExitCode() {
    return isAllDenied ? ExitCode.PERMISSION.code() : ExitCode.OK.code();
  }

  /**
   * The ports and the result of probing each.
   *
   * @param probes empty if the ports were not probed
   */
  private record Listing(int baud, List<ListedPort> ports, List<Probe> probes) implements Report {
    @Override
    public void print(PrintWriter out) {
      if (ports.isEmpty()) {
        out.println("this machine has no serial port; is the cable plugged in?");
      }
      for (int i = 0; i < ports.size(); i++) {
        ListedPort port = ports.get(i);
        out.println(port.path() + ", " + port.description());
        if (port.byIdPath() != null) {
          out.println("  " + port.byIdPath());
        }
        if (!probes.isEmpty()) {
          out.println("  " + probes.get(i).text());
        }
      }
    }

    @Override
    public JsonObject json() {
      return new JsonObject()
          .put("baud", baud)
          .put("ports", IntStream.range(0, ports.size()).mapToObj(this::json).toList());
    }

    private JsonObject json(int i) {
      ListedPort port = ports.get(i);
      JsonObject object =
          new JsonObject()
              .put("name", port.name())
              .put("path", port.path())
              .put("byId", port.byIdPath())
              .put("description", port.description());
      if (!probes.isEmpty()) {
        boolean answers = probes.get(i).trouble() == null;
        object.put("answers", answers).put(answers ? "device" : "trouble", probes.get(i).text());
      }
      return object;
    }
  }
}
