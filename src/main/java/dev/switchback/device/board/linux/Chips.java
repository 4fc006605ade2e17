package dev.switchback.device.board.linux;

import dev.switchback.device.board.BoardException;
import dev.switchback.device.board.Line;
import java.io.IOException;
import java.util.List;

/** The GPIO chips of a board. */
public interface Chips {
  /** Beginning of what the kernel shows as the holder of our lines. */
  String CONSUMER = "switchback-";

  /**
   * Finds lines among the chips that are there now.
   *
   * @throws BoardException if one is missing
   */
  List<GpioLine> find(List<Line> lines);

  /**
   * Requests lines of one chip.
   *
   * @param consumer shown to everyone who asks who holds the lines
   * @throws BusyLineException if a line is held
   * @throws java.nio.file.AccessDeniedException if this user has no permission
   */
  LineRequest request(GpioChip chip, String consumer, List<RequestedLine> lines) throws IOException;
}
