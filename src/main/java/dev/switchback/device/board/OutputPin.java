package dev.switchback.device.board;

/** An output line. Inactive is the safe state. */
public interface OutputPin {
  /**
   * Drives the line. Called on the control thread.
   *
   * @throws RuntimeException if the line cannot be driven
   */
  void setActive(boolean active);
}
