package dev.switchback.device.store;

/** Commands and events that change the slots. */
public enum Event {
  /** The program starts or is told to reload: chooses the weights that answer. */
  START,
  /**
   * During a start, slot 0 holds no image that passes the self-test. Raised by the store itself.
   */
  FAIL,
  /**
   * Writes slot 1 and cancels its mark. An image that fails the self-test is refused before slot 1
   * is touched, because it may hold the way back.
   */
  STAGE,
  /** Marks slot 1: the next start puts it in use, on trial. */
  TEST,
  /** Marks slot 1: the next start puts it in use, confirmed. */
  PERMANENT,
  /** Ends the trial and keeps the image. Does nothing without a trial. */
  CONFIRM,
  /**
   * Ends a trial by going back at once, or cancels a mark. Without either, marks slot 1, the
   * previous image, as permanent.
   */
  REVERT,
  /** Empties slot 1 and cancels its mark. */
  ERASE
}
