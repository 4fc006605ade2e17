package dev.switchback.tools.cli.line;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.switchback.ExitCode;
import dev.switchback.SystemClock;
import dev.switchback.tools.cli.JsonOutput;
import dev.switchback.tools.client.DeviceFinder;
import dev.switchback.tools.client.Probe;
import dev.switchback.wire.serial.ListedPort;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code switchback ports}: the serial ports, and what answers on them. */
@Command(
    name = "ports",
    description = {
      "Lists the serial ports, and what answers on each.",
      "",
      "SWITCHBACK_PORTS of the environment names further ones, joined by ':', such as"
          + " pseudo-terminals.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class PortsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private BaudOption rate = new BaudOption();

  @Option(names = "--json", description = "Print them as one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    List<ListedPort> ports = KnownPorts.list();
    List<Probe> probes =
        new DeviceFinder(rate.baud(), new SystemClock())
            .probe(rate.ports(ports.stream().map(ListedPort::path).toList()));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      JsonOutput.print(out, fields -> writeTo(fields, ports, probes));
    } else if (ports.isEmpty()) {
      out.println("this machine has no serial port; is the cable plugged in?");
    } else {
      print(out, ports, probes);
    }
    return ExitCode.OK;
  }

  private static void print(PrintWriter out, List<ListedPort> ports, List<Probe> probes) {
    for (int i = 0; i < ports.size(); i++) {
      ListedPort port = ports.get(i);
      out.println(port.path() + ", " + port.description());
      if (port.byIdPath() != null) {
        out.println("  " + port.byIdPath());
      }
      out.println("  " + probes.get(i).text());
    }
  }

  private void writeTo(JsonGenerator json, List<ListedPort> ports, List<Probe> probes)
      throws IOException {
    json.writeNumberField("baud", rate.baud());
    json.writeArrayFieldStart("ports");
    for (int i = 0; i < ports.size(); i++) {
      json.writeStartObject();
      writePort(json, ports.get(i));
      writeProbe(json, probes.get(i));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writePort(JsonGenerator json, ListedPort port) throws IOException {
    json.writeStringField("name", port.name());
    json.writeStringField("path", port.path());
    if (port.byIdPath() != null) {
      json.writeStringField("byId", port.byIdPath());
    }
    json.writeStringField("description", port.description());
  }

  private static void writeProbe(JsonGenerator json, Probe probe) throws IOException {
    boolean answers = probe.trouble() == null;
    json.writeBooleanField("answers", answers);
    json.writeStringField(answers ? "device" : "trouble", probe.text());
  }
}
