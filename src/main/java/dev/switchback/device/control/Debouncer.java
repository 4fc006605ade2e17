package dev.switchback.device.control;

/**
 * Debounces one switch: a new level counts once all readings have shown it for the whole period.
 * Edges play no part, so a lost edge cannot leave a wrong level.
 *
 * <pre>
 *   readings  0 0 1 0 1 1 0 1 1 1 1 1 1
 *                           |- period -|
 *   level     0 0 0 0 0 0 0 0 0 0 0 0 1
 * </pre>
 *
 * <p><b>Not thread-safe</b>: belongs to the control thread. Allocates nothing.
 */
public final class Debouncer {
  /** Returned by {@link #remainingNanos} if no change is pending. */
  public static final long NONE_PENDING = Long.MAX_VALUE;

  private final long periodNanos;
  private boolean started;
  private boolean level;
  private boolean pending;
  private long pendingSinceNanos;
  private long bounces;

  /**
   * @param periodNanos how long a new level must hold; 0 accepts it at once
   * @throws IllegalArgumentException if negative
   */
  public Debouncer(long periodNanos) {
    if (periodNanos < 0) {
      throw new IllegalArgumentException("a debounce period is not negative: " + periodNanos);
    }
    this.periodNanos = periodNanos;
  }

  /**
   * Processes a reading. The first after construction or {@link #reset} is the initial level and
   * counts at once.
   *
   * @param nowNanos monotonic, compared by subtraction
   * @return the debounced level
   */
  public boolean update(boolean reading, long nowNanos) {
    if (!started) {
      started = true;
      level = reading;
    } else if (reading == level) {
      cancelPending();
    } else {
      updatePending(reading, nowNanos);
    }
    return level;
  }

  private void cancelPending() {
    if (pending) {
      pending = false;
      bounces++;
    }
  }

  private void updatePending(boolean reading, long nowNanos) {
    if (!pending) {
      pending = true;
      pendingSinceNanos = nowNanos;
    }
    if (nowNanos - pendingSinceNanos >= periodNanos) {
      pending = false;
      level = reading;
    }
  }

  /**
   * Returns the time until the pending change counts if the readings do not change; never negative.
   * {@link #NONE_PENDING} if there is none.
   */
  public long remainingNanos(long nowNanos) {
    if (!pending) {
      return NONE_PENDING;
    }
    return Math.max(0, periodNanos - (nowNanos - pendingSinceNanos));
  }

  /** Returns whether a change has to hold yet. */
  boolean isPending() {
    return pending;
  }

  /** Returns the number of changes that did not hold, since construction. */
  public long bounces() {
    return bounces;
  }

  /**
   * Discards the level, so that the next reading is the initial one. Keeps the count of bounces.
   */
  public void reset() {
    started = false;
    pending = false;
  }
}
