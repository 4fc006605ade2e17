package dev.switchback;

/** Monotonic time and the one place where a duty cycle sleeps. */
public interface Clock {
  /** Monotonic nanoseconds of arbitrary origin: compare by subtraction. */
  long nanoTime();

  /**
   * Sleeps at most {@code nanos}; returns earlier, at once if need be, after {@link #wake()}. May
   * return early for no reason. One thread, the owner of the duty cycle, calls this.
   */
  void await(long nanos);

  /** Ends the running or the next {@link #await}. Any thread; never blocks, allocates nothing. */
  void wake();
}
