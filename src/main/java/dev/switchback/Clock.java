package dev.switchback;

/** Monotonic time, and the sleep of a duty cycle. */
public interface Clock {
  /** Returns monotonic nanoseconds of arbitrary origin; compare by subtraction. */
  long nanoTime();

  /**
   * Sleeps at most {@code nanos}. Returns early after {@link #wake()}, possibly at once, and may
   * return early for no reason. Called only by the thread of the duty cycle.
   */
  void await(long nanos);

  /** Ends the current or the next {@link #await}. Any thread; never blocks or allocates. */
  void wake();
}
