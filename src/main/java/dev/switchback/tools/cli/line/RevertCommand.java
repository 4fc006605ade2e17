package dev.switchback.tools.cli.line;

import dev.switchback.ExitCode;
import dev.switchback.tools.client.TruthReading;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code switchback revert}: has a device go back to the image before. */
@Command(
    name = "revert",
    description = "Has the device go back to the network before, at once.",
    mixinStandardHelpOptions = true)
public final class RevertCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private DeviceOptions options = new DeviceOptions();

  /** What answers after it. */
  private record Outcome(String weights, TruthReading truth) {}

  @Override
  public Integer call() throws Exception {
    Outcome outcome =
        options.ask(device -> {
          device.revert();
          return new Outcome(device.status().text("weights"), device.truth());
        });
    TruthTableText.print(spec.commandLine().getOut(), outcome.truth);
    spec.commandLine().getOut().println("reverted: " + outcome.weights + " answers");
    return ExitCode.OK;
  }
}
