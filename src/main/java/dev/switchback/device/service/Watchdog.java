package dev.switchback.device.service;

/**
 * Who restarts the device when it hangs. A message that cannot be delivered is no reason to stop:
 * nothing here throws. Any thread.
 */
public interface Watchdog {
  /** Within what time {@link #feed} must come again; 0: nobody waits for it. */
  long periodNanos();

  /**
   * The device does its work. From now on it is watched.
   *
   * @param sinceNanos the monotonic time when that was seen
   */
  void ready(long sinceNanos);

  /** The device still does its work. */
  void feed();

  /** What the device does, for people: one line. */
  void tell(String status);

  /** The device ends on purpose. */
  void stopping();
}
