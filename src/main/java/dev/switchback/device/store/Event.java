package dev.switchback.device.store;

/** What can happen to the slots. */
public enum Event {
  /** The program starts, or reloads its weights on command: chooses what answers. */
  START,
  /** During a start: slot 0 holds no image that passes the self-test. The store's own. */
  FAIL,
  /**
   * Writes slot 1, and cancels what it was marked for. An image that fails the self-test is refused
   * before anything is touched: slot 1 may hold the way back.
   */
  STAGE,
  /** Has slot 1 answer from the next start on, on trial. */
  TEST,
  /** Has slot 1 answer from the next start on, for good. */
  PERMANENT,
  /** Ends the trial of what answers: it stays. Where there is no trial this does nothing. */
  CONFIRM,
  /**
   * On trial goes back at once; cancels a mark; without either has slot 1, the image before, answer
   * again from the next start on.
   */
  REVERT,
  /** Empties slot 1, and cancels what it was marked for. */
  ERASE
}
