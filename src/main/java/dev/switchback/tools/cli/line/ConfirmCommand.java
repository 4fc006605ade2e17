package dev.switchback.tools.cli.line;

import picocli.CommandLine.Command;

/** {@code switchback confirm}: confirms the active network of a device. */
@Command(name = "confirm", description = "Keeps the active network of the device across restarts.")
public final class ConfirmCommand extends DeviceCommand {
  @Override
  protected void run() throws Exception {
    String weights =
        ask(device -> {
          // Status comes first, to avoid confirming the firmware of some other device.
          device.status();
          device.confirm();
          return device.status().text("weights");
        });
    out().println("confirmed: " + weights);
  }
}
