package dev.switchback.sim;

import dev.switchback.Clock;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * A clock whose time advances only during sleeps. Actions planned with {@link #at} run inside
 * {@link #await}, so a loop and its environment run on one thread, deterministically.
 */
public final class ManualClock implements Clock {
  private record Event(long atNanos, int order, Runnable action) {}

  private final PriorityQueue<Event> events;
  private long nowNanos;
  private int planned;
  private boolean woken;

  /** Starts at the given time, for example just before an overflow. */
  public ManualClock(long startNanos) {
    nowNanos = startNanos;
    events =
        new PriorityQueue<>(
            Comparator.<Event>comparingLong(event -> event.atNanos() - startNanos)
                .thenComparingInt(Event::order));
  }

  public ManualClock() {
    this(0);
  }

  /**
   * Plans an action.
   *
   * @param nanosFromNow not negative; actions at the same time run in the order of planning
   */
  public void at(long nanosFromNow, Runnable action) {
    if (nanosFromNow < 0) {
      throw new AssertionError("planned in the past: " + nanosFromNow);
    }
    events.add(new Event(nowNanos + nanosFromNow, planned++, action));
  }

  @Override
  public long nanoTime() {
    return nowNanos;
  }

  @Override
  public void await(long nanos) {
    if (nanos < 0) {
      throw new AssertionError("asked to sleep " + nanos + " ns");
    }
    long end = nowNanos + nanos;
    while (!woken && !events.isEmpty() && events.element().atNanos() - end <= 0) {
      Event event = events.remove();
      nowNanos = event.atNanos();
      event.action().run();
    }
    if (!woken) {
      nowNanos = end;
    }
    woken = false;
  }

  @Override
  public void wake() {
    woken = true;
  }

  /** Advances time like a sleep that no wake-up ends early. */
  public void advance(long nanos) {
    long end = nowNanos + nanos;
    while (nowNanos - end < 0) {
      await(end - nowNanos);
    }
  }
}
