package dev.switchback.tools.cli.here;

import dev.switchback.ExitCode;
import dev.switchback.Refusal;
import dev.switchback.device.board.Board;
import dev.switchback.device.service.BoardOpening;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code switchback led}: there is no {@code on}, what lights the LED is the network. */
@Command(
    name = "led",
    description = "Brings the LED into its safe state.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "off")
public final class LedCommand {
  @Command(
      name = "off",
      description = {
        "Switches the LED off and gives its line back: what is left to do after a crash.",
        "",
        "While the device runs it holds the line, and this is refused.",
        ""
      },
      mixinStandardHelpOptions = true,
      sortOptions = false)
  int off(@Mixin BoardOptions boards) throws Refusal {
    try (Board board =
        BoardOpening.open(BoardOpening.configuration(boards.config(), boards.board()))) {
      board.led().setActive(false);
    }
    return ExitCode.OK.code();
  }
}
