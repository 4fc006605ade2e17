package dev.switchback.device.config;

import dev.switchback.ExitCode;
import dev.switchback.Program;
import java.io.IOException;
import java.io.Serial;
import java.nio.file.AccessDeniedException;
import java.util.List;

/**
 * A configuration file that cannot be used. The message lists all problems, one per line, each with
 * file, line, key, value and what is allowed.
 */
public final class ConfigurationException extends RuntimeException implements Program.Failure {
  @Serial private static final long serialVersionUID = 1;

  private final int exitCode;

  ConfigurationException(List<String> problems) {
    super(String.join("\n", problems));
    exitCode = ExitCode.USAGE.code();
  }

  /** For a file that cannot be read. */
  ConfigurationException(String problem, IOException cause) {
    super(problem, cause);
    exitCode =
        (cause instanceof AccessDeniedException ? ExitCode.PERMISSION : ExitCode.USAGE).code();
  }

  @Override
  public int exitCode() {
    return exitCode;
  }
}
