package dev.switchback.tools.doctor;

import dev.switchback.device.board.linux.RaspberryPi;
import dev.switchback.device.config.BoardChoice;
import dev.switchback.device.config.DeviceConfiguration;
import dev.switchback.device.config.Key;
import org.jspecify.annotations.Nullable;

/**
 * The device to check and its machine.
 *
 * @param configurationFile absolute; null if the defaults apply
 * @param configuration configuration of the device; the defaults if the file has a problem
 * @param problem why the file cannot be used; null if it can
 * @param stateDirectory absolute
 */
public record Subject(
    Machine machine,
    @Nullable String configurationFile,
    DeviceConfiguration configuration,
    @Nullable String problem,
    String stateDirectory) {

  /** Returns the board's name from the device tree, or null if there is none. */
  @Nullable String model() {
    return RaspberryPi.readModel(machine.root());
  }

  /** Returns the board; null if it is not a Raspberry Pi, or not in the table. */
  @Nullable RaspberryPi raspberryPi() {
    String model = model();
    return model == null ? null : RaspberryPi.of(model);
  }

  boolean isRaspberryPi() {
    return RaspberryPi.isPresent(machine.root());
  }

  /** Returns whether the device uses pins; otherwise, it uses the simulated board. */
  boolean usesPins() {
    return switch (configuration.get(Key.BOARD)) {
      case PI -> true;
      case SIM -> false;
      case AUTO -> isRaspberryPi();
    };
  }

  /** Returns whether this program runs in a container. */
  boolean isInContainer() {
    return machine.has("/.dockerenv") || machine.has("/run/.containerenv");
  }

  /** Returns the command that changes a key of the configuration. */
  String setting(String key, String value) {
    String file =
        configurationFile == null ? "/etc/switchback/switchback.properties" : configurationFile;
    return "sudo sed -i 's|^"
        + key
        + " *=.*|"
        + key
        + " = "
        + value
        + "|' "
        + file
        + " && sudo systemctl restart switchback";
  }

  /** Returns the result for a device that uses no pins. */
  Finding noPins() {
    return Finding.skip(
        configuration.get(Key.BOARD) == BoardChoice.SIM
            ? "board = sim uses no pins"
            : "no Raspberry Pi, so the simulated board is used");
  }
}
