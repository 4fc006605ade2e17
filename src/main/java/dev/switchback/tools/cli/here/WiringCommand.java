package dev.switchback.tools.cli.here;

import dev.switchback.ExitCode;
import dev.switchback.SystemClock;
import dev.switchback.device.board.Board;
import dev.switchback.device.config.BoardChoice;
import dev.switchback.device.config.DeviceConfiguration;
import dev.switchback.device.config.Key;
import dev.switchback.device.service.BoardOpening;
import dev.switchback.tools.cli.FileNames;
import dev.switchback.tools.cli.Subcommand;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExitCodeGenerator;
import picocli.CommandLine.Option;

/** {@code switchback wiring}: shows what to connect to which pin. */
@Command(
    name = "wiring",
    description = {
      "Draws the header of a Raspberry Pi with the configured wiring. Lines that are not on it are only"
          + " listed.",
      "",
      "With --check it tests the wiring on the board: it asks you to flip each switch and to look"
          + " at each LED. The exit code is 10 if a part does not respond.",
      ""
    })
public final class WiringCommand extends Subcommand implements IExitCodeGenerator {
  private static final int STEP_SECONDS = 30;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      completionCandidates = FileNames.Configurations.class,
      description = "Configuration file. Default: the installed one, else the built-in defaults.")
  private @Nullable Path config;

  @Option(names = "--check", description = "Check the wiring on the board. Stop the device first.")
  private boolean isChecked;

  @Option(
      names = "--board",
      paramLabel = "sim|pi|auto",
      description = "With --check: the board. Default: from the configuration, else auto.")
  private @Nullable BoardChoice board;

  private boolean hasFailure;

  @Override
  protected void run() {
    if (board != null && !isChecked) {
      throw usage("--board needs --check");
    }
    DeviceConfiguration configuration =
        BoardOpening.configuration(InstalledDevice.configuration(config), board);
    if (isChecked) {
      hasFailure = !check(configuration).isEmpty();
    } else {
      draw(configuration);
    }
  }

  private List<String> check(DeviceConfiguration configuration) {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, System.out.charset()));
    try (Board opened = BoardOpening.open(configuration)) {
      return new WiringCheck(
              configuration.wiring(), opened, in, out(), new SystemClock(), STEP_SECONDS)
          .run();
    }
  }

  @Override
  public int getExitCode() {
    return hasFailure ? ExitCode.FAULT_FOUND.code() : ExitCode.OK.code();
  }

  private void draw(DeviceConfiguration configuration) {
    WiringPlan plan = new WiringPlan(configuration.wiring(), configuration.get(Key.PORT));
    if (!plan.ends().isEmpty()) {
      out().println(new WiringDrawing(plan.ends()).text());
    }
    plan.steps().forEach(out()::println);
    for (String note : plan.notes()) {
      out().println("note: " + note);
    }
  }
}
