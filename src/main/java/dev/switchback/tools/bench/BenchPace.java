package dev.switchback.tools.bench;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The speed of a training on the screen. It starts with a few epochs per second and gets faster
 * until the user chooses a speed; or it runs one epoch at a time.
 *
 * <p>{@link #holdNanos} and {@link #passed} belong to the training's thread; other methods may be
 * called on any thread.
 */
final class BenchPace {
  /** Epochs per second; the last is full speed. */
  private static final int[] RATES = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, Integer.MAX_VALUE};

  private static final int FULL_SPEED = RATES[RATES.length - 1];
  private static final int FIRST_RATE = 20;

  /** Epochs after which the automatic rate doubles. */
  private static final int DOUBLING_EPOCHS = 100;

  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final long FOREVER_NANOS = NANOS_PER_SECOND;

  private final AtomicInteger steps = new AtomicInteger();
  private volatile boolean isPaused;

  /** 0: automatic. */
  private volatile int chosenRate;

  private volatile int epochs;
  private long passedNanos;

  /** Returns the time until the next epoch may begin; 0 or less: now. */
  long holdNanos(long nowNanos) {
    if (isPaused) {
      return steps.get() > 0 ? 0 : FOREVER_NANOS;
    }
    int rate = rate();
    return rate == FULL_SPEED ? 0 : passedNanos + NANOS_PER_SECOND / rate - nowNanos;
  }

  /**
   * Records that a training began, or that an epoch ended.
   *
   * @param newEpochs epochs so far
   */
  void passed(int newEpochs, long nowNanos) {
    if (newEpochs > 0) {
      steps.updateAndGet(left -> Math.max(0, left - 1));
    }
    epochs = newEpochs;
    passedNanos = nowNanos;
  }

  private int rate() {
    if (chosenRate > 0) {
      return chosenRate;
    }
    int doublings = Math.min(epochs / DOUBLING_EPOCHS, 10);
    int rate = FIRST_RATE << doublings;
    return rate > RATES[RATES.length - 2] ? FULL_SPEED : rate;
  }

  boolean isPaused() {
    return isPaused;
  }

  void togglePause() {
    steps.set(0);
    isPaused = !isPaused;
  }

  /** Allows one more epoch, then pauses. */
  void step() {
    steps.incrementAndGet();
    isPaused = true;
  }

  /** Chooses the next higher or next lower rate. */
  void change(boolean isFaster) {
    int now = rate();
    int next = isFaster ? FULL_SPEED : RATES[0];
    for (int rate : RATES) {
      if (isFaster ? rate > now && rate < next : rate < now && rate > next) {
        next = rate;
      }
    }
    chosenRate = next;
  }

  /** Returns {@code 20 epochs/s}, {@code full speed} or {@code paused}. */
  @Override
  public String toString() {
    int rate = rate();
    return isPaused ? "paused" : rate == FULL_SPEED ? "full speed" : rate + " epochs/s";
  }
}
