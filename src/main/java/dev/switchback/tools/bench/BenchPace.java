package dev.switchback.tools.bench;

import dev.switchback.tools.cli.Pace;

/**
 * The speed of a training on the screen. It starts with a few epochs per second and gets faster
 * until the user chooses a speed; or it runs one epoch at a time.
 *
 * <p>{@link #holdNanos} and {@link #passed} belong to the training's thread; other methods may be
 * called on any thread.
 */
final class BenchPace {
  /** Epochs per second; the last is full speed. */
  private static final int[] RATES = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, Pace.FULL_SPEED};

  private static final int FIRST_RATE = 20;

  /** Epochs after which the automatic rate doubles. */
  private static final int DOUBLING_EPOCHS = 100;

  private final Pace pace = new Pace(FIRST_RATE);

  /** 0: automatic. */
  private volatile int chosenRate;

  private volatile int epochs;

  /** Returns the time until the next epoch may begin; 0 or less: now. */
  long holdNanos(long nowNanos) {
    return pace.holdNanos(nowNanos);
  }

  /**
   * Records that a training began, or that an epoch ended.
   *
   * @param newEpochs epochs so far
   */
  void passed(int newEpochs, long nowNanos) {
    epochs = newEpochs;
    pace.setRate(rate());
    pace.passed(newEpochs, nowNanos);
  }

  private int rate() {
    if (chosenRate > 0) {
      return chosenRate;
    }
    int doublings = Math.min(epochs / DOUBLING_EPOCHS, 10);
    int rate = FIRST_RATE << doublings;
    return rate > RATES[RATES.length - 2] ? Pace.FULL_SPEED : rate;
  }

  boolean isPaused() {
    return pace.isPaused();
  }

  void togglePause() {
    pace.setPaused(!pace.isPaused());
  }

  /** Allows one more epoch, then pauses. */
  void step() {
    pace.step();
  }

  /** Chooses the next higher or next lower rate. */
  void change(boolean isFaster) {
    int now = rate();
    int next = isFaster ? Pace.FULL_SPEED : RATES[0];
    for (int rate : RATES) {
      if (isFaster ? rate > now && rate < next : rate < now && rate > next) {
        next = rate;
      }
    }
    chosenRate = next;
    pace.setRate(next);
  }

  /** Returns {@code 20 epochs/s}, {@code full speed} or {@code paused}. */
  @Override
  public String toString() {
    int rate = rate();
    return isPaused() ? "paused" : rate == Pace.FULL_SPEED ? "full speed" : rate + " epochs/s";
  }
}
