package dev.switchback.tools.bench;

import dev.switchback.core.LossCurve.Point;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.tools.plot.DecisionMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the bench shows at one moment. Of two networks one answers the switches; the
 * other learns, and takes over when it has succeeded. Immutable; any thread.
 *
 * @param truth the tables to learn; one input per switch, one table per LED
 * @param recipe name of the recipe
 * @param row truth table row of the debounced switches
 * @param answer what the LEDs show: one binary digit each, the first as the most significant
 * @param led index of the LED whose output and maps are shown
 * @param learning null before the first training
 * @param board name of the board
 * @param keysFlip whether keys flip the switches; false with real switches
 * @param ticks ticks of the control loop so far
 */
public record BenchView(
    TruthTable truth,
    String recipe,
    int row,
    int answer,
    int led,
    Answering answering,
    @Nullable Learning learning,
    String board,
    boolean keysFlip,
    long ticks,
    @Nullable Note note) {
  int switches() {
    return truth.inputs();
  }

  int leds() {
    return truth.leds();
  }

  boolean isLit(int index) {
    return TruthTable.level(answer, index, leds()) == 1;
  }

  boolean isClosed(int index) {
    return TruthTable.level(row, index, switches()) == 1;
  }

  /** Returns the map corner of the positions of switches A and B. */
  int corner() {
    return switches() == 1 ? row << 1 : row >> (switches() - 2);
  }

  /** Returns the levels of switches C and above as a row. */
  static int others(int row, int switches) {
    return row & ((1 << Math.max(0, switches - 2)) - 1);
  }

  /**
   * The present state of a network.
   *
   * @param topology such as 2-2-1
   * @param answers the truth table it computes
   * @param right number of rows answered correctly, by all LEDs
   * @param map of the LED shown, over A and B, at the present levels of the other switches
   */
  public record Network(String topology, String answers, int right, DecisionMap map) {}

  /**
   * The network that drives the LEDs.
   *
   * @param network null while none answers
   * @param output the raw output for the LED shown; NaN while none answers
   * @param engine {@code float} or {@code fixed}
   */
  public record Answering(@Nullable Network network, float output, String engine) {}

  /** The state of a training. */
  public enum Phase {
    RUNNING,
    LEARNT,
    /** Ended without a solution. */
    NOT_LEARNT
  }

  /**
   * The current or last training.
   *
   * @param pace speed, or {@code paused}; shown while the training runs
   * @param epochs epochs so far, over all attempts
   * @param maxEpochs limit of epochs
   * @param restarts attempts abandoned so far
   * @param seed seed of the first attempt
   * @param loss loss of the last epoch
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
   * A message of one or two lines.
   *
   * @param isFault whether it reports a fault
   */
  public record Note(boolean isFault, String text) {}
}
