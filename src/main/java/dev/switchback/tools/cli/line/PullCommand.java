package dev.switchback.tools.cli.line;

import dev.switchback.ExitCode;
import dev.switchback.Refusal;
import dev.switchback.format.FormatException;
import dev.switchback.format.WeightImage;
import dev.switchback.tools.cli.WholeFile;
import dev.switchback.tools.foreign.WeightFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code switchback pull}: fetches the network that a device answers with. */
@Command(
    name = "pull",
    description =
        "Fetches the network that the device answers with; the ending says how to keep it.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class PullCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "FILE",
      description = "Where to write it: .img as it is on the device, or another; see convert.")
  private Path file = Path.of("");

  @Mixin private DeviceOptions options = new DeviceOptions();

  @Override
  public Integer call() throws Exception {
    requirePlace();
    TransferLine transfer = new TransferLine("pull", spec.commandLine().getErr());
    WeightImage image = options.ask(device -> device.pull(transfer));
    transfer.close();
    Map<Path, byte[]> files = files(image);
    for (Path each : files.keySet()) {
      WholeFile.requirePlace(each);
    }
    WholeFile.writeAll(files);
    spec.commandLine()
        .getOut()
        .println(
            "written: " + file + ", image " + image.version() + ", SHA-256 " + image.hashText());
    return ExitCode.OK;
  }

  private void requirePlace() throws Refusal, IOException {
    try {
      WeightFile.writable(file);
    } catch (FormatException e) {
      throw new Refusal(ExitCode.USAGE, file + ": " + e.getMessage(), e);
    }
    WholeFile.requirePlace(file);
  }

  private Map<Path, byte[]> files(WeightImage image) throws Refusal, IOException {
    try {
      return WeightFile.of(image).writtenTo(file);
    } catch (FormatException | IllegalArgumentException e) {
      throw new Refusal(ExitCode.USAGE, file + ": " + e.getMessage(), e);
    }
  }
}
