package dev.switchback;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** {@link SystemClock} with one line out of place. */
final class FaultyClock implements Clock {
  private final AtomicBoolean woken = new AtomicBoolean();
  private final Fault fault;
  private volatile @Nullable Thread sleeper;

  /** Which line. */
  enum Fault {
    UNPARKS_BEFORE_THE_FLAG,
    CLEARS_BEFORE_IT_PARKS
  }

  FaultyClock(Fault fault) {
    this.fault = fault;
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public void await(long nanos) {
    if (fault == Fault.CLEARS_BEFORE_IT_PARKS) {
      woken.set(false);
    }
    sleeper = Thread.currentThread();
    if (!woken.get()) {
      LockSupport.parkNanos(nanos);
    }
    sleeper = null;
    woken.getAndSet(false);
  }

  @Override
  public void wake() {
    if (fault == Fault.UNPARKS_BEFORE_THE_FLAG) {
      LockSupport.unpark(sleeper);
      woken.set(true);
    } else {
      woken.set(true);
      LockSupport.unpark(sleeper);
    }
  }
}
