package dev.switchback.device.control;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * What the teach button asked for, on its way from the control thread to the maintenance thread. A
 * queue of one writer and one reader that never wait; allocates nothing.
 */
final class TeachRequests {
  /** Nothing was asked for. */
  static final int NONE = -1;

  /**
   * Added to a row for a request to go back to the configured lesson. Without it, the answer in the
   * row shall change.
   */
  static final int UNTEACH = 256;

  private static final int CAPACITY = 8;

  private final AtomicIntegerArray requests = new AtomicIntegerArray(CAPACITY);

  // Counts of requests so far; they may overflow.
  private final AtomicInteger added = new AtomicInteger();
  private final AtomicInteger taken = new AtomicInteger();

  /** Returns whether there was room for the request. Control thread. */
  boolean add(int request) {
    int count = added.getPlain();
    if (count - taken.getAcquire() == CAPACITY) {
      return false;
    }
    requests.setPlain(count & (CAPACITY - 1), request);
    added.setRelease(count + 1);
    return true;
  }

  /** Returns and removes the oldest request, or returns {@link #NONE}. Maintenance thread. */
  int take() {
    int count = taken.getPlain();
    if (count == added.getAcquire()) {
      return NONE;
    }
    int request = requests.getPlain(count & (CAPACITY - 1));
    taken.setRelease(count + 1);
    return request;
  }
}
