package dev.switchback.device.board.pi4j;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Says what machine this is, from what the firmware told the kernel.
 *
 * @param root of the file system to look at
 */
public record BoardDetection(Path root) {

  /** Looks at the machine it runs on. */
  public static BoardDetection ofThisMachine() {
    return new BoardDetection(Path.of("/"));
  }

  /**
   * The device tree's name, such as {@code Raspberry Pi 4 Model B Rev 1.4}; null if there is none.
   */
  public @Nullable String model() {
    try {
      String text =
          Files.readString(root.resolve("proc/device-tree/model"), StandardCharsets.UTF_8);
      String model = text.replace('\0', ' ').strip();
      return model.isEmpty() ? null : model;
    } catch (IOException e) {
      return null;
    }
  }

  public boolean isRaspberryPi() {
    String model = model();
    return model != null && model.startsWith("Raspberry Pi");
  }
}
