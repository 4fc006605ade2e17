package dev.switchback.device.board;

/** Switches that no hand reaches: a program moves them. */
public interface SimulatedSwitches {
  /**
   * Moves the switches to a position. Any thread; no effect once the board is closed.
   *
   * @param row one bit per switch, 1 for closed; see {@link Board#readSwitches}
   */
  void setSwitches(int row);
}
