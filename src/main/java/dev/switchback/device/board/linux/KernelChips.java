package dev.switchback.device.board.linux;

import dev.switchback.device.board.BoardException;
import dev.switchback.device.board.Line;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.List;

/** The chips of this machine. */
public final class KernelChips implements Chips {
  @Override
  public List<GpioLine> find(List<Line> lines) {
    try {
      LineFinder finder = new LineFinder(GpioChip.ofThisMachine(), LineInfo::of);
      return lines.stream().map(finder::find).toList();
    } catch (AccessDeniedException e) {
      throw BoardException.denied(String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new BoardException(
          BoardException.Kind.OTHER, "the GPIO chips cannot be listed: " + e.getMessage(), e);
    }
  }

  @Override
  public LineRequest request(GpioChip chip, String consumer, List<RequestedLine> lines)
      throws IOException {
    try (GpioCharacterDevice device = new GpioCharacterDevice(chip.path())) {
      return device.request(consumer, lines);
    }
  }
}
