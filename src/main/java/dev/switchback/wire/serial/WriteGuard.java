package dev.switchback.wire.serial;

import dev.switchback.Clock;
import dev.switchback.SystemClock;

/**
 * Ends a write that the other side never takes: a blocking write has no timeout of its own, and
 * only closing the port frees it. One thread writes; a daemon thread looks once a second.
 */
final class WriteGuard {
  private static final long PERIOD_NANOS = 1_000_000_000;
  private static final int LIMIT_SECONDS = 5;

  private final Clock clock = new SystemClock();
  private final Runnable close;
  private final int limitSeconds;

  /** Writes so far; the writing thread's own. */
  private int writes;

  /** Which write is under way, 0 for none. */
  private volatile int current;

  private volatile boolean isStopped;
  private volatile boolean hasEnded;

  private WriteGuard(int limitSeconds, Runnable close) {
    this.limitSeconds = limitSeconds;
    this.close = close;
  }

  /**
   * @param chunkBytes the most that one write hands over
   * @param close ends a write that waits; called on the guard's thread
   */
  static WriteGuard start(String name, int chunkBytes, int baud, Runnable close) {
    int chunkSeconds = chunkBytes * 10 / baud;
    WriteGuard guard = new WriteGuard(LIMIT_SECONDS + 2 * chunkSeconds, close);
    Thread.ofPlatform().name("guard " + name).daemon().start(guard::watch);
    return guard;
  }

  void begin() {
    writes = Math.max(1, writes + 1);
    current = writes;
  }

  void end() {
    current = 0;
  }

  /** Whether it closed the port. */
  boolean hasEnded() {
    return hasEnded;
  }

  void stop() {
    isStopped = true;
    clock.wake();
  }

  private void watch() {
    int seen = 0;
    int seconds = 0;
    while (!isStopped) {
      clock.await(PERIOD_NANOS);
      int now = current;
      seconds = now != 0 && now == seen ? seconds + 1 : 0;
      seen = now;
      if (seconds >= limitSeconds) {
        hasEnded = true;
        close.run();
      }
    }
  }
}
