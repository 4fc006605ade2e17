package dev.switchback.wire.serial;

import dev.switchback.Clock;
import dev.switchback.SystemClock;

/**
 * Ends a write that the other side never reads. A blocking write has no timeout; only closing the
 * port ends it. One thread writes; a daemon thread checks once a second.
 */
final class WriteGuard {
  private static final long PERIOD_NANOS = 1_000_000_000;
  private static final int LIMIT_SECONDS = 5;

  private final Clock clock = new SystemClock();
  private final Runnable close;
  private final int limitSeconds;

  /** Number of writes; used by the writing thread only. */
  private int writes;

  /** Number of the write in progress; 0 if there is none. */
  private volatile int current;

  private volatile boolean isStopped;
  private volatile boolean hasClosed;

  private WriteGuard(int limitSeconds, Runnable close) {
    this.limitSeconds = limitSeconds;
    this.close = close;
  }

  /**
   * @param chunkBytes most bytes of one write
   * @param close ends a blocked write; called on the guard's thread
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
    int seconds = 0;
    while (!isStopped) {
      clock.await(PERIOD_NANOS);
      int now = current;
      seconds = now != 0 && now == seen ? seconds + 1 : 0;
      seen = now;
      if (seconds >= limitSeconds) {
        hasClosed = true;
        close.run();
      }
    }
  }
}
