package dev.switchback.device.board;

import java.util.List;

/** The switches and the LED of one board, opened. Its {@code toString} names it for people. */
public interface Board extends AutoCloseable {
  /** The switches in order: A first. */
  List<InputPin> switches();

  OutputPin led();

  /**
   * Calls {@code wake} after an edge on any switch, on a thread of the board's. Edges may be lost
   * or repeated: an edge only wakes, the level decides.
   */
  void onEdge(Runnable wake);

  /** Drives the LED inactive and gives the lines back. */
  @Override
  void close();
}
