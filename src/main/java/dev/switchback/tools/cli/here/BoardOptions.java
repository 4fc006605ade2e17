package dev.switchback.tools.cli.here;

import dev.switchback.device.config.BoardChoice;
import dev.switchback.tools.cli.FileNames;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that works on the board itself: which, and how it is wired. */
final class BoardOptions {
  @Option(
      names = "--board",
      paramLabel = "sim|pi|auto",
      description = {
        "Simulated pins, the header of a Raspberry Pi, or the header where there is one.",
        "Default: the configuration's, which is auto unless changed."
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
