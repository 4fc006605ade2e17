package dev.switchback;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The machine's own monotonic time. One instance per duty cycle.
 *
 * <p>No wake-up is lost:
 *
 * <ol>
 *   <li>{@link #wake} sets {@code woken} before it looks for a thread to unpark;
 *   <li>{@link #await} shows its thread before it looks at {@code woken};
 *   <li>so at least one of the two sees the other, and a permit given too early only ends the next
 *       park at once.
 * </ol>
 *
 * <p>An interrupted thread does not sleep: whoever calls {@code await} in a loop looks at the
 * interrupt too.
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
    // Reads as it clears, so that what was done before wake() is seen after this.
    woken.getAndSet(false);
  }

  @Override
  public void wake() {
    woken.set(true);
    LockSupport.unpark(sleeper);
  }
}
