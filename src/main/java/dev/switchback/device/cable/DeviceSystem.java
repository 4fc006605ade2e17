package dev.switchback.device.cable;

import dev.switchback.device.node.Device;
import dev.switchback.device.store.Event;
import dev.switchback.device.store.StoreException;
import dev.switchback.wire.smp.OsPort;
import java.util.Locale;
import java.util.function.Consumer;
import org.tinylog.Logger;

/** Identity and reset of the device, for group 0. Session's thread. */
final class DeviceSystem implements OsPort {
  private final Device device;
  private final Consumer<Runnable> changes;

  /**
   * @param changes runs what changes the device
   */
  DeviceSystem(Device device, Consumer<Runnable> changes) {
    this.device = device;
    this.changes = changes;
  }

  /** Returns the version of the program; {@code 0} in a build tree. */
  static String version() {
    String version = DeviceSystem.class.getPackage().getImplementationVersion();
    return version == null ? "0" : version;
  }

  @Override
  public String info(char letter) {
    return switch (letter) {
      case 's' -> "Switchback";
      case 'n' -> "switchback";
      case 'r', 'v' -> version();
      case 'b' -> "Java " + Runtime.version().feature();
      case 'm' -> System.getProperty("os.arch", "unknown").toLowerCase(Locale.ROOT);
      case 'p' -> System.getProperty("os.arch", "unknown").toLowerCase(Locale.ROOT);
      case 'i' -> device.status().board().replace(' ', '_');
      default -> System.getProperty("os.name", "unknown");
    };
  }

  @Override
  public String bootloader() {
    return "MCUboot";
  }

  @Override
  public void reset() {
    changes.accept(this::start);
  }

  private void start() {
    try {
      device.apply(Event.START, null);
    } catch (StoreException e) {
      Logger.error("the weights could not be reloaded: {}", e.getMessage());
    }
  }
}
