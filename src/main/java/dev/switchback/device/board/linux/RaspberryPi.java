package dev.switchback.device.board.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Raspberry Pi model, with what differs between models.
 *
 * @param model prefix of the name in its device tree
 * @param chipLabel label of the GPIO chip of the header
 * @param headerUart the serial port on pins 8 and 10, unless an overlay changes it
 * @param serial0 target of {@code /dev/serial0}, unless an overlay changes it
 * @param uartSetting the line of {@code config.txt} that enables the header's UART
 * @param is64Bit whether it runs a 64-bit system
 * @param filters the section filters of {@code config.txt} that include it
 */
public record RaspberryPi(
    String model,
    String chipLabel,
    String headerUart,
    String serial0,
    String uartSetting,
    boolean is64Bit,
    List<String> filters) {

  private static final String NAME = "Raspberry Pi";
  private static final String BCM2835 = "pinctrl-bcm2835";
  private static final String BCM2711 = "pinctrl-bcm2711";
  private static final String RP1 = "pinctrl-rp1";

  /** The mini UART, whose rate follows the core clock; Bluetooth uses the other one. */
  private static final String MINI = "ttyS0";

  private static final String PL011 = "ttyAMA0";

  /** The three-pin debug connector beside the HDMI sockets. */
  private static final String DEBUG_PLUG = "ttyAMA10";

  /** The first matching row is taken, so longer prefixes come first. */
  private static final List<RaspberryPi> TABLE =
      List.of(
          withRp1("5 ", "pi5"),
          withRp1("500", "pi5", "pi500"),
          withRp1("Compute Module 5", "pi5", "cm5"),
          row("4 ", BCM2711, MINI, true, "pi4"),
          row("400 ", BCM2711, MINI, true, "pi4", "pi400"),
          row("Compute Module 4", BCM2711, PL011, true, "pi4", "cm4"),
          row("3 Model A Plus", BCM2835, MINI, true, "pi3", "pi3+"),
          row("3 Model B Plus", BCM2835, MINI, true, "pi3", "pi3+"),
          row("3 ", BCM2835, MINI, true, "pi3"),
          row("Zero 2 ", BCM2835, MINI, true, "pi0", "pi0w", "pi02"),
          row("Compute Module 3", BCM2835, PL011, true, "pi3", "cm3"),
          row("2 Model B Rev 1.2", BCM2835, PL011, true, "pi2"),
          row("2 ", BCM2835, PL011, false, "pi2"),
          row("Zero W", BCM2835, MINI, false, "pi0", "pi0w"),
          row("Zero ", BCM2835, PL011, false, "pi0"),
          row("Compute Module Rev", BCM2835, PL011, false, "pi1", "cm1"),
          row("Model ", BCM2835, PL011, false, "pi1"));

  private static RaspberryPi row(
      String model, String chipLabel, String uart, boolean is64Bit, String... filters) {
    return new RaspberryPi(
        NAME + " " + model, chipLabel, uart, uart, "enable_uart=1", is64Bit, List.of(filters));
  }

  /** A model whose header is connected to the RP1. */
  private static RaspberryPi withRp1(String model, String... filters) {
    return new RaspberryPi(
        NAME + " " + model, RP1, PL011, DEBUG_PLUG, "dtparam=uart0=on", true, List.of(filters));
  }

  /**
   * Returns the row of a model; null if there is none.
   *
   * @param model as in {@code /proc/device-tree/model}: {@code Raspberry Pi 4 Model B Rev 1.4}
   */
  public static @Nullable RaspberryPi of(String model) {
    for (RaspberryPi row : TABLE) {
      if (model.startsWith(row.model)) {
        return row;
      }
    }
    return null;
  }

  /**
   * Returns the model of the machine from its device tree; null if there is none.
   *
   * @param root root of the file system to read
   */
  public static @Nullable String readModel(Path root) {
    try {
      String text = Files.readString(root.resolve("proc/device-tree/model"));
      String model = text.replace('\0', ' ').strip();
      return model.isEmpty() ? null : model;
    } catch (IOException e) {
      return null;
    }
  }

  /** Whether the machine is a Raspberry Pi, even a model that is not in the table. */
  public static boolean isPresent(Path root) {
    String model = readModel(root);
    return model != null && model.startsWith(NAME);
  }

  /** Whether a chip with this label has the lines of the header, by BCM number. */
  public static boolean isHeaderChip(String label) {
    return label.equals(BCM2835) || label.equals(BCM2711) || label.equals(RP1);
  }

  /** Whether the header has the mini UART, whose rate follows the core clock. */
  public boolean hasMiniUart() {
    return headerUart.equals(MINI);
  }

  /** Whether {@code /dev/serial0} is on the header. */
  public boolean hasSerial0OnHeader() {
    return !serial0.equals(DEBUG_PLUG);
  }
}
