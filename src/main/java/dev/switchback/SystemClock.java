package dev.switchback;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The monotonic time of the machine. One instance per duty cycle.
 *
 * <p>No wake-up is lost:
 *
 * <ol>
 *   <li>{@link #wake} sets {@code woken} before it reads the thread to unpark;
 *   <li>{@link #await} publishes its thread before it reads {@code woken};
 *   <li>so at least one of them sees the other; a permit given too early only ends the next park at
 *       once.
 * </ol>
 *
 * <p>An interrupted thread does not sleep, so a loop around {@code await} must check for
 * interrupts.
 */
public final class SystemClock implements Clock {
  private final AtomicBoolean woken = new AtomicBoolean();
  private volatile @Nullable Thread sleeper;

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public void await(long nanos) {
    sleeper = Thread.currentThread();
    if (!woken.get()) {
      LockSupport.parkNanos(nanos);
    }
    sleeper = null;
    // Reads and clears, so that writes before wake() are visible after this.
    woken.getAndSet(false);
  }

  @Override
  public void wake() {
    woken.set(true);
    LockSupport.unpark(sleeper);
  }
}
