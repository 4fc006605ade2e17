package dev.switchback.device.board.linux;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A snapshot of the first lines of a chip.
 *
 * @param hasVersion1 whether the kernel has version 1 of the GPIO interface
 * @param consumers the consumers of lines 0, 1, 2 ...; empty for a free line
 */
public record GpioLines(boolean hasVersion1, List<String> consumers) {

  public GpioLines {
    consumers = List.copyOf(consumers);
  }

  /**
   * Reads the lines of a chip without requesting one.
   *
   * @throws java.nio.file.AccessDeniedException if this user has no permission
   * @throws IOException if it is not a GPIO chip
   */
  public static GpioLines read(String path, int lines) throws IOException {
    try (GpioCharacterDevice device = new GpioCharacterDevice(path)) {
      List<String> consumers = new ArrayList<>();
      for (int line = 0; line < lines; line++) {
        consumers.add(device.consumer(line));
      }
      return new GpioLines(device.hasVersion1(), consumers);
    }
  }
}
