package dev.switchback.tools.cli.line;

import dev.switchback.tools.client.TruthReading;
import picocli.CommandLine.Command;

/** {@code switchback revert}: returns a device to the previous image. */
@Command(name = "revert", description = "Returns the device to the previous network, at once.")
public final class RevertCommand extends DeviceCommand {
  /** The weights and truth table after the command. */
  private record Outcome(String weights, TruthReading truth) {}

  @Override
  protected void run() throws Exception {
    Outcome outcome =
        ask(device -> {
          device.revert();
          return new Outcome(device.status().text("weights"), device.truth());
        });
    TruthTableText.print(out(), outcome.truth);
    out().println("reverted: " + outcome.weights + " answers");
  }
}
