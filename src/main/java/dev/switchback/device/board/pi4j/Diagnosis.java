package dev.switchback.device.board.pi4j;

import dev.switchback.device.board.BoardException;
import dev.switchback.device.board.BoardException.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Explains failures of Pi4J, with the fix. */
final class Diagnosis {
  /**
   * A known failure.
   *
   * @param messagePart text in Pi4J's message that identifies it
   * @param text explanation; {@code %1$s} is what was being opened, {@code %2$s} the architecture
   */
  private record Known(String messagePart, Kind kind, String text) {}

  private static final List<Known> KNOWN =
      List.of(
          new Known(
              "Permission denied",
              Kind.PERMISSION,
              "no permission to open %1$s: run 'sudo usermod -aG gpio $USER', then log out and in"
                  + " again"),
          new Known(
              "Device or resource busy",
              Kind.BUSY,
              "%1$s is held by another program: 'gpioinfo' names it;"
                  + " 'sudo systemctl stop switchback' if it is the service"),
          new Known(
              "c_gpiod_chip_get_line failed! (Invalid argument)",
              Kind.KERNEL,
              "this kernel was built without version 1 of the GPIO interface (CONFIG_GPIO_CDEV_V1):"
                  + " install Raspberry Pi OS's own, 'sudo apt-get install linux-image-rpi-v8'"
                  + " (on a Pi 5 linux-image-rpi-2712), and reboot"),
          new Known(
              "identify suitable gpiochip",
              Kind.NO_BOARD,
              "no GPIO chip of a Raspberry Pi header here: 'gpiodetect' shows none whose label has"
                  + " 'pinctrl' in it"),
          new Known(
              "UNSUPPORTED 'os.arch'",
              Kind.NO_BOARD,
              "no GPIO header on this machine (%2$s), only on an Arm board: use the simulated"
                  + " board"));

  private Diagnosis() {}

  /**
   * Explains a failure by the first known message in its chain of causes.
   *
   * @param what was being opened: {@code GPIO17 (switch A)} or {@code the GPIO chip}
   */
  static BoardException of(String what, Throwable failure) {
    for (Throwable link = failure; link != null; link = link.getCause()) {
      String message = String.valueOf(link.getMessage());
      for (Known known : KNOWN) {
        if (message.contains(known.messagePart)) {
          String text = known.text.formatted(what, System.getProperty("os.arch"));
          return new BoardException(known.kind, text, failure);
        }
      }
    }
    if (failure instanceof LinkageError) {
      return nativeLibraryMissing(failure);
    }
    return new BoardException(
        Kind.OTHER, what + " could not be opened: " + innermostMessage(failure), failure);
  }

  private static BoardException nativeLibraryMissing(Throwable failure) {
    return new BoardException(
        Kind.OTHER,
        "Pi4J's native library could not be loaded: start Java with -Dpi4j.library.path=FOLDER that"
            + " has libpi4j-gpiod.so and libgpiod.so.2, or with -Djava.io.tmpdir=FOLDER that is not"
            + " mounted noexec ("
            + innermostMessage(failure)
            + ")",
        failure);
  }

  private static String innermostMessage(Throwable failure) {
    Throwable innermost = failure;
    for (Throwable link = failure; link != null; link = link.getCause()) {
      innermost = link;
    }
    String message = innermost.getMessage();
    return message == null ? innermost.toString() : message;
  }

  /** Reports a board that Pi4J does not know and the configuration does not name. */
  static BoardException unknownBoard(@Nullable String model) {
    return new BoardException(
        Kind.NO_BOARD,
        (model == null ? "this machine is not a Raspberry Pi" : "unknown board '" + model + "'")
            + ": use the simulated board, or name the Raspberry Pi it is like in the"
            + " configuration, for instance MODEL_4_B",
        null);
  }
}
