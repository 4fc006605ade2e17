package dev.switchback.tools.cli.line;

import dev.switchback.core.nn.TruthTable;
import dev.switchback.tools.client.DeviceClient;
import dev.switchback.tools.client.LaptopException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code switchback teach}: teaches a device another lesson. */
@Command(
    name = "teach",
    description = {
      "Teaches the device a lesson, and shows progress and truth table.",
      "",
      "The device answers as before until it has learnt. Ctrl-C stops the display; the device"
          + " continues to train. 'unteach' goes back to the configured lesson.",
      ""
    })
public final class TeachCommand extends LearnCommand {
  @CommandLine.Parameters(
      paramLabel = "LESSON",
      description =
          "A truth table, such as 0111 or or; one per LED, such as xor,and. Or one position and its"
              + " answer, such as 01=0: the others stay.")
  private String lesson = "";

  @Override
  TruthTable begin(DeviceClient device) throws LaptopException {
    return device.teach(lesson);
  }
}
