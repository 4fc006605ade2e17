package dev.switchback.tools.cli.here;

import dev.switchback.ExitCode;
import dev.switchback.Refusal;
import dev.switchback.device.board.Board;
import dev.switchback.device.service.BoardOpening;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code switchback led}: has no {@code on}; only the network lights the LED. */
@Command(
    name = "led",
    description = "Puts the LED into its safe state.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "off")
public final class LedCommand {
  @Command(
      name = "off",
      description = {
        "Switches the LED off and releases its GPIO line. Useful after a crash.",
        "",
        "Refused while the device runs, because it holds the line.",
        ""
      },
      mixinStandardHelpOptions = true,
      sortOptions = false)
  int off(@Mixin BoardOptions boards) throws Refusal {
    try (Board board =
        BoardOpening.open(BoardOpening.configuration(boards.config(), boards.board()))) {
      board.setLeds(0);
    }
    return ExitCode.OK.code();
  }
}
