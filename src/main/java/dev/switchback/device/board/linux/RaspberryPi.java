package dev.switchback.device.board.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What differs from one Raspberry Pi to the next.
 *
 * @param model how the name in its device tree begins
 * @param chipLabel of the GPIO chip behind the header
 * @param headerUart the serial port on pins 8 and 10, unless an overlay changes it
 * @param serial0 what {@code /dev/serial0} leads to, unless an overlay changes it
 * @param uartSetting the line of {@code config.txt} that switches the header's UART on
 * @param is64Bit whether it runs a 64-bit system
 * @param filters of the sections of {@code config.txt} that are for it
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

  /** The small UART whose rate follows the clock of the core: the large one has Bluetooth. */
  private static final String MINI = "ttyS0";

  private static final String PL011 = "ttyAMA0";

  /** The plug of three pins beside the HDMI sockets. */
  private static final String DEBUG_PLUG = "ttyAMA10";

  /** The first row that fits holds, so what is longer comes first. */
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

  /** Those whose header hangs on the RP1. */
  private static RaspberryPi withRp1(String model, String... filters) {
    return new RaspberryPi(
        NAME + " " + model, RP1, PL011, DEBUG_PLUG, "dtparam=uart0=on", true, List.of(filters));
  }

  /**
   * The row of a model; null if it has none.
   *
   * @param model as {@code /proc/device-tree/model} has it: {@code Raspberry Pi 4 Model B Rev 1.4}
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
   * What the firmware told the kernel that this machine is; null if nothing.
   *
   * @param root of the file system to look at
   */
  public static @Nullable String modelBelow(Path root) {
    try {
      String text = Files.readString(root.resolve("proc/device-tree/model"));
      String model = text.replace('\0', ' ').strip();
      return model.isEmpty() ? null : model;
    } catch (IOException e) {
      return null;
    }
  }

  /** Whether the machine is a Raspberry Pi, be it one that the table does not have. */
  public static boolean isBelow(Path root) {
    String model = modelBelow(root);
    return model != null && model.startsWith(NAME);
  }

  static boolean isHeaderChip(String label) {
    return label.equals(BCM2835) || label.equals(BCM2711) || label.equals(RP1);
  }

  /** Whether the header has the small UART, whose rate follows the clock of the core. */
  public boolean hasMiniUart() {
    return headerUart.equals(MINI);
  }

  /** Whether {@code /dev/serial0} is on the header at all. */
  public boolean hasSerial0OnHeader() {
    return !serial0.equals(DEBUG_PLUG);
  }
}
