package dev.switchback.cli;

import dev.switchback.board.jserial.SerialPort;
import dev.switchback.cable.Cable;
import dev.switchback.hal.Board;
import dev.switchback.hal.Storage;
import dev.switchback.node.Device;
import dev.switchback.node.DeviceConfiguration;
import dev.switchback.node.TrainingListener;
import org.jspecify.annotations.Nullable;

/** The device with its cable, where one is configured. Any thread. */
final class WiredDevice implements AutoCloseable {
  private final Device device;
  private final @Nullable Cable cable;

  WiredDevice(
      DeviceConfiguration configuration, Board board, Storage storage, TrainingListener listener) {
    device = new Device(configuration, board, storage, listener);
    String port = configuration.port();
    int baud = configuration.baud();
    cable = port.isEmpty() ? null : new Cable(device, new SerialPort(port, baud), baud);
  }

  Device device() {
    return device;
  }

  boolean hasCable() {
    return cable != null;
  }

  void start() {
    startDevice();
    startCable();
  }

  /** The switches and the LED alone, which answer sooner without a serial port's library. */
  void startDevice() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::close, "stop"));
    device.start();
  }

  void startCable() {
    if (cable != null) {
      cable.start();
    }
  }

  @Override
  public void close() {
    if (cable != null) {
      cable.close();
    }
    device.close();
  }
}
