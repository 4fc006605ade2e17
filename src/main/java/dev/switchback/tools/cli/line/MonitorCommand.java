package dev.switchback.tools.cli.line;

import dev.switchback.ProgressLine;
import dev.switchback.wire.ByteLink;
import dev.switchback.wire.Port;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import picocli.CommandLine.Command;

/** {@code switchback monitor}: connects the terminal to the shell of a device. */
@Command(
    name = "monitor",
    description = {
      "Connects this terminal to the shell of the device; Ctrl-] exits.",
      "",
      "Type help for its commands. If the cable is pulled, waits until it is back.",
      "",
      "Without a terminal, sends the lines of standard input to the shell one at a time, each after"
          + " the previous command has finished, and prints the replies on standard output.",
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
