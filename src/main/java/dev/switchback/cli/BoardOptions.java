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
import picocli.CommandLine.Option;

/** The options of every command that works on the board itself: which, and how it is wired. */
final class BoardOptions {
  /** While a machine boots, its devices appear and get their permissions within this. */
  private static final long PATIENCE_NANOS = 5_000_000_000L;

  private static final long RETRY_NANOS = 200_000_000;

  @Option(
      names = "--board",
      paramLabel = "sim|pi|auto",
      description = {
        "Simulated pins, the header of a Raspberry Pi, or the header where there is one.",
        "Default: the configuration's, which is auto unless changed."
      })
  private @Nullable BoardChoice board;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Configuration file. Default: none, see device-config/switchback.properties.")
  private @Nullable Path config;

  /** What the file says; without one, the defaults. */
  DeviceConfiguration configuration() throws Refusal {
    if (config == null) {
      return DeviceConfiguration.defaults();
    }
    try {
      return ConfigurationParser.read(config);
    } catch (ConfigurationException e) {
      throw new Refusal(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
    }
  }

  /** Opens it, and tries again for a while where a machine that boots may still come to it. */
  Board openPatiently(DeviceConfiguration configuration) {
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

  /** Opens the board, the LED off. */
  Board open(DeviceConfiguration configuration) {
    BoardChoice choice = board == null ? configuration.board() : board;
    boolean header =
        switch (choice) {
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
}
