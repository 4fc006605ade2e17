package dev.switchback.device.service;

import dev.switchback.device.board.Board;
import dev.switchback.device.board.pi4j.SimulatedBoard;
import dev.switchback.device.cable.Cable;
import dev.switchback.device.config.DeviceConfiguration;
import dev.switchback.device.config.Key;
import dev.switchback.device.node.Device;
import dev.switchback.device.node.FirstWeights;
import dev.switchback.device.node.TrainingListener;
import dev.switchback.device.store.Storage;
import org.jspecify.annotations.Nullable;

/** A device and its cable, if one is configured. Any thread. */
public final class WiredDevice implements AutoCloseable {
  private final Device device;
  private final @Nullable Cable cable;

  public WiredDevice(
      DeviceConfiguration configuration,
      Board board,
      Storage storage,
      FirstWeights first,
      TrainingListener listener) {
    device = new Device(configuration, board, storage, first, listener);
    String port = configuration.get(Key.PORT);
    int baud = configuration.get(Key.BAUD);
    cable = port.isEmpty() ? null : new Cable(device, Cable.port(port, baud), baud);
  }

  /** A device that a person plays with: on the simulated board people want to see it learn. */
  public static WiredDevice attended(
      DeviceConfiguration configuration, Board board, Storage storage, TrainingListener listener) {
    FirstWeights first = board instanceof SimulatedBoard ? FirstWeights.NONE : FirstWeights.FACTORY;
    return new WiredDevice(configuration, board, storage, first, listener);
  }

  public Device device() {
    return device;
  }

  boolean hasCable() {
    return cable != null;
  }

  public void start() {
    startDevice();
    startCable();
  }

  /**
   * Starts the switches and the LED without the cable, whose serial library would delay the first
   * answer.
   */
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
