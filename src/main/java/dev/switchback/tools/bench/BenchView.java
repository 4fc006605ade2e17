package dev.switchback.tools.bench;

import dev.switchback.core.LossCurve.Point;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.tools.plot.DecisionMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything the bench shows at one moment. There are two networks: one answers the switches, the
 * other learns and takes over when it has. Immutable; any thread.
 *
 * @param truth what is learnt; it has as many inputs as there are switches
 * @param recipe by which
 * @param row of the truth table that the switches stand at, debounced
 * @param learning null before the first training
 * @param board name of the board
 * @param keysFlip whether keys move the switches; on a header people do
 * @param ticks of the control loop so far
 */
public record BenchView(
    TruthTable truth,
    String recipe,
    int row,
    boolean isLedLit,
    Answering answering,
    @Nullable Learning learning,
    String board,
    boolean keysFlip,
    long ticks,
    @Nullable Note note) {
  /** Number of switches. */
  int switches() {
    return truth.inputs();
  }

  boolean isClosed(int index) {
    return TruthTable.level(row, index, switches()) == 1;
  }

  /** The corner of the map that the switches A and B stand at. */
  int corner() {
    return switches() == 1 ? row << 1 : row >> (switches() - 2);
  }

  /** Levels of the switches from C on as a row of their own. */
  static int others(int row, int switches) {
    return row & ((1 << Math.max(0, switches - 2)) - 1);
  }

  /**
   * A network as it is now.
   *
   * @param topology such as 2-2-1
   * @param answers a digit for every row of the truth table
   * @param right rows that are answered as the truth table says
   * @param map around the corners, at the present levels of the switches from C on
   */
  public record Network(String topology, String answers, int right, DecisionMap map) {}

  /**
   * What drives the LED.
   *
   * @param network null as long as nothing answers
   * @param output the raw output; NaN as long as nothing answers
   * @param engine {@code float} or {@code fixed}
   */
  public record Answering(@Nullable Network network, float output, String engine) {}

  /** How far a training is. */
  public enum Phase {
    RUNNING,
    LEARNT,
    /** Ended without a solution. */
    NOT_LEARNT
  }

  /**
   * The training that runs or ran last.
   *
   * @param pace while it runs: speed, or {@code paused}
   * @param epochs over all attempts
   * @param maxEpochs after which it ends at the latest
   * @param restarts attempts given up so far
   * @param seed of the first start
   * @param loss of the last epoch
   */
  public record Learning(
      Network network,
      Phase phase,
      String pace,
      int epochs,
      int maxEpochs,
      int restarts,
      long seed,
      float loss,
      List<Point> history) {}

  /**
   * A line or two that somebody should read.
   *
   * @param isFault whether something is broken
   */
  public record Note(boolean isFault, String text) {}
}
