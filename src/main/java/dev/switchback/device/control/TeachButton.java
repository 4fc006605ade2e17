package dev.switchback.device.control;

/**
 * Tells presses of the teach button from holds; see teaching.md.
 *
 * <p><b>Not thread-safe</b>: belongs to the control thread. Allocates nothing.
 */
final class TeachButton {
  /** A button that is pressed for so long is held: 3 s. */
  static final long HOLD_NANOS = 3_000_000_000L;

  private final Debouncer debouncer;
  private boolean wasReleased;

  /** Whether a press waits for its release or for the end of {@link #HOLD_NANOS}. */
  private boolean isPressed;

  private int pressedRow;
  private long pressedNanos;

  /**
   * @param debouncePeriodNanos how long a new level must hold
   */
  TeachButton(long debouncePeriodNanos) {
    debouncer = new Debouncer(debouncePeriodNanos);
  }

  /**
   * Processes a reading.
   *
   * @param row position of the switches
   * @return the row of a press that was released, {@link TeachRequests#UNTEACH} more for a hold, or
   *     {@link TeachRequests#NONE}
   */
  int update(boolean reading, int row, long nowNanos) {
    boolean level = debouncer.update(reading, nowNanos);
    if (!level) {
      boolean ends = isPressed;
      isPressed = false;
      wasReleased = true;
      return ends ? pressedRow : TeachRequests.NONE;
    }
    if (wasReleased) {
      wasReleased = false;
      isPressed = true;
      pressedRow = row;
      pressedNanos = nowNanos;
    }
    if (isPressed && nowNanos - pressedNanos >= HOLD_NANOS) {
      isPressed = false;
      return TeachRequests.UNTEACH + pressedRow;
    }
    return TeachRequests.NONE;
  }

  /** Returns the time until {@link #update} has to be called again, whatever the reading. */
  long remainingNanos(long nowNanos) {
    long holdNanos =
        isPressed ? Math.max(0, HOLD_NANOS - (nowNanos - pressedNanos)) : Debouncer.NONE_PENDING;
    return Math.min(holdNanos, debouncer.remainingNanos(nowNanos));
  }

  /** Returns whether a change of the level has to hold yet. */
  boolean isPending() {
    return debouncer.isPending();
  }

  /** Forgets the level: the button does nothing until it is seen released. */
  void reset() {
    debouncer.reset();
    wasReleased = false;
    isPressed = false;
  }
}
