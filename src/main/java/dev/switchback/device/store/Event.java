package dev.switchback.device.store;

/** What can happen to the slots. */
enum Event {
  /** The program starts, or reloads its weights on command. */
  START,
  /** During a start: slot 0 holds no image that passes the self-test. */
  FAIL,
  STAGE,
  TEST,
  PERMANENT,
  CONFIRM,
  REVERT,
  ERASE
}
