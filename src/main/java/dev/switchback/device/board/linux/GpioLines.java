package dev.switchback.device.board.linux;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The first lines of a chip at one moment.
 *
 * @param hasVersion1 whether the kernel has version 1 of the interface to them
 * @param consumers who holds line 0, 1, 2 ...; empty where a line is free
 */
public record GpioLines(boolean hasVersion1, List<String> consumers) {

  public GpioLines {
    consumers = List.copyOf(consumers);
  }

  /**
   * Looks at a chip, and takes no line.
   *
   * @throws java.nio.file.AccessDeniedException if this user may not
   * @throws IOException if it is no GPIO chip
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
