package dev.switchback.tools.cli.here;

import dev.switchback.ExitCode;
import dev.switchback.Refusal;
import dev.switchback.device.config.DeviceConfiguration;
import dev.switchback.device.config.Key;
import dev.switchback.device.service.BoardOpening;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code switchback wiring}: what to connect to which pin. */
@Command(
    name = "wiring",
    description = "Draws the header of a Raspberry Pi with what the configuration connects to it.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class WiringCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Configuration file. Default: the installed one; without one the defaults.")
  private @Nullable Path config;

  @Override
  public Integer call() throws Refusal {
    DeviceConfiguration configuration =
        BoardOpening.configuration(InstalledDevice.configuration(config), null);
    WiringPlan plan = new WiringPlan(configuration.wiring(), configuration.get(Key.PORT));
    PrintWriter out = spec.commandLine().getOut();
    out.println(new WiringDrawing(plan.ends()).text());
    plan.steps().forEach(out::println);
    for (String note : plan.notes()) {
      out.println("note: " + note);
    }
    return ExitCode.OK;
  }
}
