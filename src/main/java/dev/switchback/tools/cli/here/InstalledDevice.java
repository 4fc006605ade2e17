package dev.switchback.tools.cli.here;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** File locations of the installed package. */
final class InstalledDevice {
  static final String STATE_DIRECTORY = "/var/lib/switchback";
  private static final Path CONFIGURATION = Path.of("/etc/switchback/switchback.properties");

  private InstalledDevice() {}

  /** Returns the given file, else the installed one, else null. */
  static @Nullable Path configuration(@Nullable Path option) {
    if (option != null) {
      return option;
    }
    return Files.exists(CONFIGURATION) ? CONFIGURATION : null;
  }
}
