package dev.switchback.cli;

import dev.switchback.board.pi4j.BoardDetection;
import dev.switchback.board.pi4j.Pi4jBoard;
import dev.switchback.board.pi4j.SimulatedBoard;
import dev.switchback.hal.Board;
import dev.switchback.hal.BoardException;
import dev.switchback.hal.Clock;
import dev.switchback.hal.SystemClock;
import dev.switchback.node.BoardChoice;
import dev.switchback.node.ConfigurationException;
import dev.switchback.node.ConfigurationParser;
import dev.switchback.node.DeviceConfiguration;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** From what was asked for to an open board, its LED off. */
final class BoardOpening {
  /** While a machine boots, its devices appear and get their permissions within this. */
  private static final long PATIENCE_NANOS = 5_000_000_000L;

  private static final long RETRY_NANOS = 200_000_000;

  private BoardOpening() {}

  /**
   * Reads a configuration file.
   *
   * @param file null for the defaults
   * @param board instead of the file's; null for the file's
   */
  static DeviceConfiguration configuration(@Nullable Path file, @Nullable BoardChoice board)
      throws Refusal {
    try {
      DeviceConfiguration read =
          file == null ? DeviceConfiguration.defaults() : ConfigurationParser.read(file);
      return board == null ? read : read.withBoard(board);
    } catch (ConfigurationException e) {
      throw new Refusal(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Opens the board.
   *
   * @throws BoardException if it cannot be opened
   */
  static Board open(DeviceConfiguration configuration) {
    boolean header =
        switch (configuration.board()) {
          case PI -> true;
          case SIM -> false;
          case AUTO -> BoardDetection.ofThisMachine().isRaspberryPi();
        };
    if (!header) {
      return SimulatedBoard.open(configuration.wiring());
    }
    String model = configuration.boardModel();
    return Pi4jBoard.openHeader(configuration.wiring(), model.isEmpty() ? null : model);
  }

  /** The same, tried again for a while where a machine that boots may still come to it. */
  static Board openPatiently(DeviceConfiguration configuration) {
    Clock clock = new SystemClock();
    long startNanos = clock.nanoTime();
    while (true) {
      try {
        return open(configuration);
      } catch (BoardException e) {
        if (!mayMendItself(e.kind()) || clock.nanoTime() - startNanos > PATIENCE_NANOS) {
          throw e;
        }
      }
      clock.await(RETRY_NANOS);
    }
  }

  private static boolean mayMendItself(BoardException.Kind kind) {
    return kind == BoardException.Kind.PERMISSION || kind == BoardException.Kind.NO_BOARD;
  }
}
