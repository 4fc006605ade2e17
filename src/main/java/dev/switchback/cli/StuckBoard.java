package dev.switchback.cli;

import dev.switchback.hal.Board;
import dev.switchback.hal.Clock;
import dev.switchback.hal.InputPin;
import dev.switchback.hal.OutputPin;
import dev.switchback.hal.SystemClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A board whose switches can be made to hang, as a driver may: while the file is there, that the
 * system property {@code switchback.test.stuck} names, whoever reads one does not come back. This
 * is how the watchdog is tested on an installed device.
 */
record StuckBoard(Board board, Path file) implements Board {
  private static final String PROPERTY = "switchback.test.stuck";
  private static final long POLL_NANOS = 20_000_000;

  /** The board as it is, unless the property is set. */
  static Board ifAsked(Board board) {
    String file = System.getProperty(PROPERTY);
    return file == null ? board : new StuckBoard(board, Path.of(file));
  }

  @Override
  public List<InputPin> switches() {
    return board.switches().stream().map(this::slow).toList();
  }

  private InputPin slow(InputPin pin) {
    Clock clock = new SystemClock();
    return () -> {
      while (Files.exists(file)) {
        clock.await(POLL_NANOS);
      }
      return pin.isActive();
    };
  }

  @Override
  public OutputPin led() {
    return board.led();
  }

  @Override
  public void onEdge(Runnable wake) {
    board.onEdge(wake);
  }

  @Override
  public void close() {
    board.close();
  }

  @Override
  public String toString() {
    return board.toString();
  }
}
