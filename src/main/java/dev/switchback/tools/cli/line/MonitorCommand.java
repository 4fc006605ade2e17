package dev.switchback.tools.cli.line;

import dev.switchback.ExitCode;
import dev.switchback.ProgressLine;
import dev.switchback.wire.ByteLink;
import dev.switchback.wire.Port;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

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
    },
    mixinStandardHelpOptions = true)
public final class MonitorCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private DeviceOptions options = new DeviceOptions();

  @Override
  public Integer call() throws Exception {
    Port port = options.port();
    try (ByteLink link = port.open()) {
      if (ProgressLine.isTerminal()) {
        try (MonitorTerminal terminal = MonitorTerminal.open(port, options.clock())) {
          terminal.run(link);
        }
      } else {
        new MonitorPipe(
                link,
                new BufferedReader(new InputStreamReader(System.in, System.out.charset())),
                spec.commandLine().getOut(),
                options.clock())
            .run();
      }
    }
    return ExitCode.OK;
  }
}
