package dev.switchback.sim;

import dev.switchback.Clock;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Time that passes only while somebody sleeps. What is planned with {@link #at} happens inside
 * {@link #await}, so a whole life of a loop runs on one thread, the same every time.
 */
public final class ManualClock implements Clock {
  private record Event(long atNanos, int order, Runnable action) {}

  private final PriorityQueue<Event> events;
  private long nowNanos;
  private int planned;
  private boolean woken;

  /** Starts at the given time; any will do, for instance one just before the overflow. */
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
   * @param nanosFromNow not negative; actions of the same time run in the order they were planned
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

  /** Lets time pass as a sleeper would whom nobody wakes. */
  public void advance(long nanos) {
    long end = nowNanos + nanos;
    while (nowNanos - end < 0) {
      await(end - nowNanos);
    }
  }
}
