package dev.switchback.tools.cli.here;

import dev.switchback.device.config.ConfigurationException;
import dev.switchback.device.config.ConfigurationParser;
import dev.switchback.device.config.DeviceConfiguration;
import dev.switchback.tools.doctor.Machine;
import dev.switchback.tools.doctor.Subject;
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

  /** A configuration that cannot be used is something to find, not an error. */
  static Subject examined(Machine machine, @Nullable Path file, String stateDirectory) {
    String path = file == null ? null : file.toAbsolutePath().toString();
    DeviceConfiguration configuration = DeviceConfiguration.defaults();
    String problem = null;
    try {
      configuration = file == null ? configuration : ConfigurationParser.read(file);
    } catch (ConfigurationException e) {
      problem = e.getMessage();
    }
    return new Subject(machine, path, configuration, problem, stateDirectory);
  }
}
