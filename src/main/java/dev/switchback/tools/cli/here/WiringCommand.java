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

/** {@code switchback wiring}: what to connect to which pin. */
@Command(
    name = "wiring",
    description = {
      "Draws the header of a Raspberry Pi with what the configuration connects to it.",
      "",
      "With --check it walks through the wiring on the board: flip each switch, look at the LED."
          + " The exit code is 10 if something was not seen.",
      ""
    })
public final class WiringCommand extends Subcommand implements IExitCodeGenerator {
  private static final int STEP_SECONDS = 30;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      completionCandidates = FileNames.Configurations.class,
      description = "Configuration file. Default: the installed one; without one the defaults.")
  private @Nullable Path config;

  @Option(names = "--check", description = "Check it on the board, which must not run meanwhile.")
  private boolean isChecked;

  @Option(
      names = "--board",
      paramLabel = "sim|pi|auto",
      description = "With --check: the board. Default: the configuration's, which is auto.")
  private @Nullable BoardChoice board;

  private boolean isUnseen;

  @Override
  protected void run() {
    if (board != null && !isChecked) {
      throw usage("--board is for --check");
    }
    DeviceConfiguration configuration =
        BoardOpening.configuration(InstalledDevice.configuration(config), board);
    if (isChecked) {
      isUnseen = !check(configuration).isEmpty();
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
    return isUnseen ? ExitCode.FAULT_FOUND.code() : ExitCode.OK.code();
  }

  private void draw(DeviceConfiguration configuration) {
    WiringPlan plan = new WiringPlan(configuration.wiring(), configuration.get(Key.PORT));
    out().println(new WiringDrawing(plan.ends()).text());
    plan.steps().forEach(out()::println);
    for (String note : plan.notes()) {
      out().println("note: " + note);
    }
  }
}
