package dev.switchback.tools.cli.line;

import picocli.CommandLine.Command;

/** {@code switchback confirm}: keeps what a device answers with. */
@Command(
    name = "confirm",
    description = "Keeps the network that the device answers with, over every start.")
public final class ConfirmCommand extends DeviceCommand {
  @Override
  protected void run() throws Exception {
    String weights =
        ask(device -> {
          // First, so that no firmware of others is confirmed.
          device.status();
          device.confirm();
          return device.status().text("weights");
        });
    out().println("confirmed: " + weights);
  }
}
