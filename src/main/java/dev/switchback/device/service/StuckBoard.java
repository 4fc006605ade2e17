package dev.switchback.device.service;

import dev.switchback.Clock;
import dev.switchback.SystemClock;
import dev.switchback.device.board.Board;
import dev.switchback.device.board.InputPin;
import dev.switchback.device.board.OutputPin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A board whose switches can be made to hang, as a driver may: while the file is there, that the
 * system property {@code switchback.test.stuck} names, whoever reads one does not come back. This
 * is how the watchdog is tested on an installed device.
 */
public record StuckBoard(Board board, Path file) implements Board {
  private static final String PROPERTY = "switchback.test.stuck";
  private static final long POLL_NANOS = 20_000_000;

  /** The board as it is, unless the property is set. */
  public static Board ifAsked(Board board) {
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
