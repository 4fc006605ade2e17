package dev.switchback.device.board;

import java.util.List;

/** The switches and the LED of an open board. {@code toString} names the board for people. */
public interface Board extends AutoCloseable {
  /** Returns the switches, A first. */
  List<InputPin> switches();

  OutputPin led();

  /**
   * Calls {@code wake} after an edge on any switch, on a thread of the board. Edges may be lost or
   * repeated: an edge only wakes the loop, the level that is read decides.
   */
  void onEdge(Runnable wake);

  /** Drives the LED inactive and releases the lines. */
  @Override
  void close();
}
