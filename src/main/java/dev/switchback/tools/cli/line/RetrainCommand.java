package dev.switchback.tools.cli.line;

import dev.switchback.core.nn.TruthTable;
import dev.switchback.tools.client.DeviceClient;
import dev.switchback.tools.client.LaptopException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** {@code switchback retrain}: trains a device from the next seed. */
@Command(
    name = "retrain",
    description = {
      "Trains the device from the next seed, and shows progress and truth table.",
      "",
      "Ctrl-C stops the display; the device continues to train.",
      ""
    })
public final class RetrainCommand extends LearnCommand {
  @Override
  @Nullable TruthTable begin(DeviceClient device) throws LaptopException {
    device.train();
    return null;
  }
}
