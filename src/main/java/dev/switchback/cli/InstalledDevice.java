package dev.switchback.cli;

import dev.switchback.doctor.Machine;
import dev.switchback.doctor.Subject;
import dev.switchback.node.ConfigurationException;
import dev.switchback.node.ConfigurationParser;
import dev.switchback.node.DeviceConfiguration;
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
