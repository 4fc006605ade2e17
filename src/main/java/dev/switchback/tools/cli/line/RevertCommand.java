package dev.switchback.tools.cli.line;

import dev.switchback.tools.client.TruthReading;
import picocli.CommandLine.Command;

/** {@code switchback revert}: has a device go back to the image before. */
@Command(name = "revert", description = "Has the device go back to the network before, at once.")
public final class RevertCommand extends DeviceCommand {
  /** What answers after it. */
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
