package dev.switchback.tools.cli.here;

import dev.switchback.device.config.BoardChoice;
import dev.switchback.tools.cli.FileNames;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that select the board and its wiring. */
final class BoardOptions {
  @Option(
      names = "--board",
      paramLabel = "sim|pi|auto",
      description = {
        "Simulated pins, the pins of this machine, or its pins if it is a Raspberry Pi.",
        "Default: from the configuration, else auto."
      })
  private @Nullable BoardChoice board;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      completionCandidates = FileNames.Configurations.class,
      description = "Configuration file. Default: none, see device-config/switchback.properties.")
  private @Nullable Path config;

  @Nullable BoardChoice board() {
    return board;
  }

  @Nullable Path config() {
    return config;
  }
}
