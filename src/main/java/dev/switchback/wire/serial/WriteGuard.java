package dev.switchback.wire.serial;

import dev.switchback.Clock;
import dev.switchback.SystemClock;

/**
 * Ends a write that the other side never reads. A blocking write has no timeout; only closing the
 * port ends it. One thread at a time writes; a daemon thread looks every few seconds, and ends the
 * write that it sees twice.
 */
final class WriteGuard {
  private static final long SECOND_NANOS = 1_000_000_000;
  private static final int LIMIT_SECONDS = 5;

  private final Clock clock = new SystemClock();
  private final Runnable close;
  private final long periodNanos;

  /** Number of writes; used by the writing thread only. */
  private int writes;

  /** Number of the write in progress; 0 if there is none. */
  private volatile int current;

  private volatile boolean isStopped;
  private volatile boolean hasClosed;

  private WriteGuard(long periodNanos, Runnable close) {
    this.periodNanos = periodNanos;
    this.close = close;
  }

  /**
   * @param chunkBytes most bytes of one write
   * @param close ends a blocked write; called on the guard's thread
   */
  static WriteGuard start(String name, int chunkBytes, int baud, Runnable close) {
    int chunkSeconds = chunkBytes * 10 / baud;
    WriteGuard guard = new WriteGuard((LIMIT_SECONDS + 2 * chunkSeconds) * SECOND_NANOS, close);
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

  /** Whether the guard has closed the port. */
  boolean hasClosed() {
    return hasClosed;
  }

  void stop() {
    isStopped = true;
    clock.wake();
  }

  private void watch() {
    int seen = 0;
    long seenNanos = clock.nanoTime();
    while (!isStopped) {
      long leftNanos = periodNanos - (clock.nanoTime() - seenNanos);
      if (leftNanos > 0) {
        clock.await(leftNanos);
        continue;
      }
      int now = current;
      if (now != 0 && now == seen) {
        hasClosed = true;
        close.run();
      }
      seen = now;
      seenNanos = clock.nanoTime();
    }
  }
}
