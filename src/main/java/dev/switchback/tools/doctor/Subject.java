package dev.switchback.tools.doctor;

import dev.switchback.device.board.linux.RaspberryPi;
import dev.switchback.device.config.BoardChoice;
import dev.switchback.device.config.DeviceConfiguration;
import dev.switchback.device.config.Key;
import org.jspecify.annotations.Nullable;

/**
 * What is examined.
 *
 * @param configurationFile absolute; null: the defaults hold
 * @param configuration what the device is told; the defaults if the file has a problem
 * @param problem why the file cannot be used; null if it can
 * @param stateDirectory absolute
 */
public record Subject(
    Machine machine,
    @Nullable String configurationFile,
    DeviceConfiguration configuration,
    @Nullable String problem,
    String stateDirectory) {

  /** The board's name in its device tree; null if it has none. */
  @Nullable String model() {
    return RaspberryPi.readModel(machine.root());
  }

  /** Null if this is none, or one that is not in the table. */
  @Nullable RaspberryPi raspberryPi() {
    String model = model();
    return model == null ? null : RaspberryPi.of(model);
  }

  boolean isRaspberryPi() {
    return RaspberryPi.isPresent(machine.root());
  }

  /** Whether the device drives the header; if not, the simulated board. */
  boolean usesHeader() {
    return switch (configuration.get(Key.BOARD)) {
      case PI -> true;
      case SIM -> false;
      case AUTO -> isRaspberryPi();
    };
  }

  /** Whether this program sees but a part of the machine. */
  boolean isInContainer() {
    return machine.has("/.dockerenv") || machine.has("/run/.containerenv");
  }

  /** The command that gives a key of the configuration another value. */
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

  /** Why the header does not matter. */
  Finding noHeader() {
    return Finding.skip(
        configuration.get(Key.BOARD) == BoardChoice.SIM
            ? "board = sim uses no pins"
            : "no Raspberry Pi, so the simulated board is used");
  }
}
