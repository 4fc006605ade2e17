package dev.switchback.tools.bench;

import dev.switchback.core.LossCurve.Point;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.tools.plot.DecisionMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything the bench shows at one moment. Immutable; any thread.
 *
 * @param truth what the network learns; it has as many inputs as there are switches
 * @param topology of the network, such as 2-2-1
 * @param row of the truth table that the switches stand at, debounced
 * @param output the raw output; NaN as long as no model answers
 * @param engine {@code float} or {@code fixed}
 * @param map what the model answers around the corners, at the present levels of the switches from
 *     C on; null as long as there is no model
 * @param board name of the board
 * @param keysFlip whether keys move the switches; on a header people do
 * @param ticks of the control loop so far
 * @param fault what is wrong with the device, in a few words; null: nothing
 */
public record BenchView(
    TruthTable truth,
    String topology,
    int row,
    boolean isLedLit,
    float output,
    String engine,
    Training training,
    @Nullable DecisionMap map,
    String board,
    boolean keysFlip,
    int debounceMillis,
    long ticks,
    @Nullable String fault) {
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

  /** How far a training is. */
  public enum Phase {
    RUNNING,
    SOLVED,
    /** Ended without a solution. */
    UNSOLVED
  }

  /**
   * The training that runs or ran last.
   *
   * @param epoch of this start, from 0
   * @param maxEpochs after which a start is given up
   * @param restarts starts given up so far
   * @param seed of the first start
   * @param loss of the last epoch; NaN before the first
   */
  public record Training(
      Phase phase,
      int epoch,
      int maxEpochs,
      int restarts,
      long seed,
      float loss,
      List<Point> history) {}
}
