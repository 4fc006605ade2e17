package dev.switchback.tools.cli.line;

import dev.switchback.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code switchback confirm}: keeps what a device answers with. */
@Command(
    name = "confirm",
    description = "Keeps the network that the device answers with, over every start.",
    mixinStandardHelpOptions = true)
public final class ConfirmCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private DeviceOptions options = new DeviceOptions();

  @Override
  public Integer call() throws Exception {
    String weights =
        options.ask(device -> {
          device.confirm();
          return device.status().text("weights");
        });
    spec.commandLine().getOut().println("confirmed: " + weights);
    return ExitCode.OK;
  }
}
