package dev.switchback.device.control;

/**
 * The debounced level of one switch: a new level counts once the readings have shown it, and
 * nothing else, for the whole period. Edges play no part, so a lost one cannot leave a wrong level
 * behind.
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
  /** What {@link #remainingNanos} says when no change is pending. */
  public static final long NONE_PENDING = Long.MAX_VALUE;

  private final long periodNanos;
  private boolean started;
  private boolean level;
  private boolean pending;
  private long pendingSinceNanos;
  private long bounces;

  /**
   * @param periodNanos how long a new level must hold; 0 follows at once
   * @throws IllegalArgumentException if negative
   */
  public Debouncer(long periodNanos) {
    if (periodNanos < 0) {
      throw new IllegalArgumentException("a debounce period is not negative: " + periodNanos);
    }
    this.periodNanos = periodNanos;
  }

  /**
   * Takes one reading. The first after construction or {@link #reset} is the initial level and
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
      giveUpPending();
    } else {
      hold(reading, nowNanos);
    }
    return level;
  }

  private void giveUpPending() {
    if (pending) {
      pending = false;
      bounces++;
    }
  }

  private void hold(boolean reading, long nowNanos) {
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
   * Time until the pending change would count if the readings stay as they are; never negative.
   * {@link #NONE_PENDING} if there is none.
   */
  public long remainingNanos(long nowNanos) {
    if (!pending) {
      return NONE_PENDING;
    }
    return Math.max(0, periodNanos - (nowNanos - pendingSinceNanos));
  }

  /** Changes that did not hold, since construction. */
  public long bounces() {
    return bounces;
  }

  /** Forgets the level: the next reading is the initial one. The count of bounces stays. */
  public void reset() {
    started = false;
    pending = false;
  }
}
