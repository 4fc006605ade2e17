package dev.switchback.device.board;

/** Switches that no hand reaches: a program moves them. */
public interface SimulatedSwitches {
  /**
   * Moves a switch. Any thread; no effect once the board is closed.
   *
   * @param index 0 is switch A
   */
  void setSwitch(int index, boolean closed);
}
