package dev.switchback.tools.cli.line;

import dev.switchback.core.nn.TruthTable;
import dev.switchback.tools.client.DeviceClient;
import dev.switchback.tools.client.LaptopException;
import picocli.CommandLine.Command;

/** {@code switchback unteach}: teaches a device its configured lesson. */
@Command(name = "unteach", description = "Lets the device learn its configured lesson again.")
public final class UnteachCommand extends LearnCommand {
  @Override
  TruthTable begin(DeviceClient device) throws LaptopException {
    return device.unteach();
  }
}
