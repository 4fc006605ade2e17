package dev.switchback.tools.cli.line;

import dev.switchback.ProgressLine;
import dev.switchback.wire.ByteLink;
import dev.switchback.wire.Port;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import picocli.CommandLine.Command;

/** {@code switchback monitor}: a terminal on the shell of a device. */
@Command(
    name = "monitor",
    description = {
      "A terminal on the device's shell: type help. Ctrl-] ends it. When the cable is pulled it"
          + " waits for it.",
      "",
      "Without a terminal the lines of standard input go to the shell, one when it is done with the"
          + " other, and what it says to standard output.",
      ""
    })
public final class MonitorCommand extends DeviceCommand {
  @Override
  protected void run() throws Exception {
    Port port = port();
    try (ByteLink link = port.open()) {
      if (ProgressLine.isTerminal()) {
        try (MonitorTerminal terminal = new MonitorTerminal(port, clock())) {
          terminal.run(link);
        }
      } else {
        BufferedReader in =
            new BufferedReader(new InputStreamReader(System.in, System.out.charset()));
        new MonitorPipe(link, in, out(), clock()).run();
      }
    }
  }
}
