package dev.switchback.tools.lab;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.Refusal;
import dev.switchback.device.board.pi4j.SimulatedBoard;
import dev.switchback.device.config.ConfigurationParser;
import dev.switchback.device.config.DeviceConfiguration;
import dev.switchback.device.node.Device;
import dev.switchback.device.node.FirstWeights;
import dev.switchback.device.node.TrainingListener;
import dev.switchback.device.service.WiredDevice;
import dev.switchback.device.store.MemoryStorage;
import java.nio.file.Path;
import java.time.Duration;

/** A device that has trained, with a socket. */
final class LabDevice implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final SimulatedBoard board;
  private final WiredDevice wired;

  private LabDevice(SimulatedBoard board, WiredDevice wired) {
    this.board = board;
    this.wired = wired;
  }

  /**
   * @param socket its path
   * @param settings of the configuration, one per line
   */
  static LabDevice start(Path socket, String... settings) {
    DeviceConfiguration configuration =
        ConfigurationParser.parse("test", String.join("\n", settings).getBytes(UTF_8));
    SimulatedBoard board = SimulatedBoard.open(configuration.wiring());
    WiredDevice wired =
        new WiredDevice(
            configuration,
            board,
            new MemoryStorage(),
            socket,
            FirstWeights.FACTORY,
            new TrainingListener() {});
    LabDevice device = new LabDevice(board, wired);
    try {
      wired.start();
    } catch (Refusal e) {
      throw new AssertionError(e);
    }
    assertTrue(wired.device().awaitMaintenance(LIMIT));
    return device;
  }

  SimulatedBoard board() {
    return board;
  }

  Device device() {
    return wired.device();
  }

  @Override
  public void close() {
    wired.close();
    board.close();
  }
}
