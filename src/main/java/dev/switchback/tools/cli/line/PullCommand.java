package dev.switchback.tools.cli.line;

import dev.switchback.format.WeightImage;
import dev.switchback.tools.cli.Blame;
import dev.switchback.tools.cli.FileNames;
import dev.switchback.tools.cli.WholeFile;
import dev.switchback.tools.foreign.LayoutName;
import dev.switchback.tools.foreign.WeightFile;
import dev.switchback.tools.foreign.WeightFormat;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code switchback pull}: downloads the active network of a device. */
@Command(
    name = "pull",
    description =
        "Downloads the active network of the device; the file extension selects the format.")
public final class PullCommand extends DeviceCommand {
  @Parameters(
      paramLabel = "FILE",
      completionCandidates = FileNames.NewWeights.class,
      description = "Output file: .img is an exact copy; for other formats see convert.")
  private Path file = Path.of("");

  @Override
  protected void run() throws Exception {
    WeightFormat format = Blame.on(file, () -> WeightFile.writable(file, LayoutName.NUMPY));
    WholeFile.requirePlace(file);
    TransferLine transfer = new TransferLine("pull", err());
    WeightImage image = ask(device -> device.pull(transfer));
    transfer.close();
    WholeFile.writeAll(
        Blame.on(file, () -> WeightFile.of(image).writtenTo(file, format, LayoutName.NUMPY)));
    out()
        .println(
            "written: " + file + ", image " + image.version() + ", SHA-256 " + image.hashText());
  }
}
