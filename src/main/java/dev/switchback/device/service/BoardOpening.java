package dev.switchback.device.service;

import dev.switchback.Clock;
import dev.switchback.SystemClock;
import dev.switchback.device.board.Board;
import dev.switchback.device.board.BoardException;
import dev.switchback.device.board.linux.RaspberryPi;
import dev.switchback.device.board.pi4j.Pi4jBoard;
import dev.switchback.device.board.pi4j.SimulatedBoard;
import dev.switchback.device.config.BoardChoice;
import dev.switchback.device.config.ConfigurationException;
import dev.switchback.device.config.ConfigurationParser;
import dev.switchback.device.config.DeviceConfiguration;
import dev.switchback.device.config.Key;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads the configuration and opens the board, with the LEDs dark. */
public final class BoardOpening {
  /** Within this time after boot, devices have appeared and have their permissions. */
  private static final long RETRY_LIMIT_NANOS = 5_000_000_000L;

  private static final long RETRY_NANOS = 200_000_000;

  private BoardOpening() {}

  /**
   * Reads a configuration file.
   *
   * @param file null for the defaults
   * @param board overrides the board of the file; null keeps it
   * @throws ConfigurationException if the file cannot be used
   */
  public static DeviceConfiguration configuration(
      @Nullable Path file, @Nullable BoardChoice board) {
    DeviceConfiguration read =
        file == null ? DeviceConfiguration.defaults() : ConfigurationParser.read(file);
    return board == null ? read : read.with(Key.BOARD, board);
  }

  /**
   * Opens the board.
   *
   * @throws BoardException if it cannot be opened
   */
  public static Board open(DeviceConfiguration configuration) {
    if (isSimulated(configuration)) {
      return SimulatedBoard.open(configuration.wiring());
    }
    return Pi4jBoard.open(configuration.wiring());
  }

  /** Returns whether {@link #open} opens a simulated board. */
  public static boolean isSimulated(DeviceConfiguration configuration) {
    return switch (configuration.get(Key.BOARD)) {
      case PI -> false;
      case SIM -> true;
      case AUTO -> !RaspberryPi.isPresent(Path.of("/"));
    };
  }

  /**
   * Opens the board; during boot, retries while the device may still appear or lack its
   * permissions.
   */
  public static Board openWithRetries(DeviceConfiguration configuration) {
    Clock clock = new SystemClock();
    long startNanos = clock.nanoTime();
    while (true) {
      try {
        return open(configuration);
      } catch (BoardException e) {
        if (!isTransient(e.kind()) || clock.nanoTime() - startNanos > RETRY_LIMIT_NANOS) {
          throw e;
        }
      }
      clock.await(RETRY_NANOS);
    }
  }

  private static boolean isTransient(BoardException.Kind kind) {
    return kind == BoardException.Kind.PERMISSION || kind == BoardException.Kind.NO_BOARD;
  }
}
