package dev.switchback.device.board.linux;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What the kernel says about a line.
 *
 * @param name such as {@code GPIO17}; empty if it has none
 * @param consumer who holds it, {@code kernel} if that has no name; empty for a free line
 */
public record LineInfo(String name, String consumer) {
  /**
   * Reads all lines of a chip without requesting one.
   *
   * @throws java.nio.file.AccessDeniedException if this user has no permission
   * @throws IOException if it is not a GPIO chip
   */
  public static List<LineInfo> of(GpioChip chip) throws IOException {
    try (GpioCharacterDevice device = new GpioCharacterDevice(chip.path())) {
      List<LineInfo> lines = new ArrayList<>();
      for (int line = 0; line < chip.lines(); line++) {
        lines.add(device.line(line));
      }
      return lines;
    }
  }
}
