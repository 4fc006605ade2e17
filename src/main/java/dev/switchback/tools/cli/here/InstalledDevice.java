package dev.switchback.tools.cli.here;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the package puts the files of the device on this machine. */
final class InstalledDevice {
  static final String STATE_DIRECTORY = "/var/lib/switchback";
  private static final Path CONFIGURATION = Path.of("/etc/switchback/switchback.properties");

  private InstalledDevice() {}

  /** The file that an option names, or the installed one; null if there is neither. */
  static @Nullable Path configuration(@Nullable Path option) {
    if (option != null) {
      return option;
    }
    return Files.exists(CONFIGURATION) ? CONFIGURATION : null;
  }
}
