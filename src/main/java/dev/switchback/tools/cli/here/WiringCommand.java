package dev.switchback.tools.cli.here;

import dev.switchback.Refusal;
import dev.switchback.device.config.DeviceConfiguration;
import dev.switchback.device.config.Key;
import dev.switchback.device.service.BoardOpening;
import dev.switchback.tools.cli.FileNames;
import dev.switchback.tools.cli.Subcommand;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code switchback wiring}: what to connect to which pin. */
@Command(
    name = "wiring",
    description = "Draws the header of a Raspberry Pi with what the configuration connects to it.")
public final class WiringCommand extends Subcommand {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      completionCandidates = FileNames.Configurations.class,
      description = "Configuration file. Default: the installed one; without one the defaults.")
  private @Nullable Path config;

  @Override
  protected void run() throws Refusal {
    DeviceConfiguration configuration =
        BoardOpening.configuration(InstalledDevice.configuration(config), null);
    WiringPlan plan = new WiringPlan(configuration.wiring(), configuration.get(Key.PORT));
    out().println(new WiringDrawing(plan.ends()).text());
    plan.steps().forEach(out()::println);
    for (String note : plan.notes()) {
      out().println("note: " + note);
    }
  }
}
