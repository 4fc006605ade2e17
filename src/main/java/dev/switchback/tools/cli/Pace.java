package dev.switchback.tools.cli;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Holds a training back to so many epochs per second, pauses it, or lets it go epoch by epoch.
 *
 * <p>{@link #holdNanos} and {@link #passed} belong to the training's thread; other methods may be
 * called on any thread.
 */
public final class Pace {
  /** Epochs per second of a training that nothing holds back. */
  public static final int FULL_SPEED = Integer.MAX_VALUE;

  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final long FOREVER_NANOS = NANOS_PER_SECOND;

  private final AtomicInteger steps = new AtomicInteger();
  private volatile boolean isPaused;
  private volatile int rate;
  private long passedNanos;

  /**
   * @param rate epochs per second, 1 to {@link #FULL_SPEED}
   */
  public Pace(int rate) {
    this.rate = rate;
  }

  /** Returns the time until the next epoch may begin; 0 or less: now. */
  public long holdNanos(long nowNanos) {
    if (isPaused) {
      return steps.get() > 0 ? 0 : FOREVER_NANOS;
    }
    int now = rate;
    return now == FULL_SPEED ? 0 : passedNanos + NANOS_PER_SECOND / now - nowNanos;
  }

  /**
   * Records that a training began, or that an epoch ended.
   *
   * @param epochs so far
   */
  public void passed(int epochs, long nowNanos) {
    if (epochs > 0) {
      steps.updateAndGet(left -> Math.max(0, left - 1));
    }
    passedNanos = nowNanos;
  }

  /** Changes the epochs per second, 1 to {@link #FULL_SPEED}. */
  public void setRate(int newRate) {
    rate = newRate;
  }

  public boolean isPaused() {
    return isPaused;
  }

  public void setPaused(boolean paused) {
    steps.set(0);
    isPaused = paused;
  }

  /** Allows one more epoch, then pauses. */
  public void step() {
    steps.incrementAndGet();
    isPaused = true;
  }
}
