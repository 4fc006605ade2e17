package dev.switchback.device.service;

import dev.switchback.ExitCode;
import dev.switchback.Refusal;
import dev.switchback.device.board.Board;
import dev.switchback.device.board.pi4j.SimulatedBoard;
import dev.switchback.device.cable.Cable;
import dev.switchback.device.cable.LineServer;
import dev.switchback.device.config.DeviceConfiguration;
import dev.switchback.device.config.Key;
import dev.switchback.device.node.Device;
import dev.switchback.device.node.FirstWeights;
import dev.switchback.device.node.TrainingListener;
import dev.switchback.device.store.Storage;
import dev.switchback.wire.LinkException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/** A device, its cable if one is configured, and its socket if there is a place for it. */
public final class WiredDevice implements AutoCloseable {
  private final Device device;
  private final @Nullable Cable cable;
  private final @Nullable LineServer line;

  /**
   * @param line path of the socket; null for none
   */
  public WiredDevice(
      DeviceConfiguration configuration,
      Board board,
      Storage storage,
      @Nullable Path line,
      FirstWeights first,
      TrainingListener listener) {
    device = new Device(configuration, board, storage, first, listener);
    String port = configuration.get(Key.PORT);
    int baud = configuration.get(Key.BAUD);
    cable = port.isEmpty() ? null : new Cable(device, Cable.port(port, baud), baud);
    this.line = line == null ? null : new LineServer(device, line);
  }

  /** A device that a person plays with: on the simulated board people want to see it learn. */
  public static WiredDevice attended(
      DeviceConfiguration configuration,
      Board board,
      Storage storage,
      @Nullable Path line,
      TrainingListener listener) {
    FirstWeights first = board instanceof SimulatedBoard ? FirstWeights.NONE : FirstWeights.FACTORY;
    return new WiredDevice(configuration, board, storage, line, first, listener);
  }

  public Device device() {
    return device;
  }

  boolean hasCable() {
    return cable != null;
  }

  /**
   * Starts all of it.
   *
   * @throws Refusal as {@link #startLines}
   */
  public void start() throws Refusal {
    startDevice();
    startLines();
  }

  /**
   * Starts the switches and the LED without cable and socket, which would delay the first answer.
   */
  void startDevice() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::close, "stop"));
    device.start();
  }

  /**
   * Starts cable and socket. Without a socket the device runs all the same.
   *
   * @throws Refusal if another process serves the socket
   */
  void startLines() throws Refusal {
    if (cable != null) {
      cable.start();
    }
    if (line == null) {
      return;
    }
    try {
      line.start();
    } catch (LinkException e) {
      if (e.kind() == LinkException.Kind.BUSY) {
        throw new Refusal(ExitCode.BUSY, e.what(), e.fix(), e);
      }
      Logger.warn("no socket for commands on this machine: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    if (line != null) {
      line.close();
    }
    if (cable != null) {
      cable.close();
    }
    device.close();
  }
}
