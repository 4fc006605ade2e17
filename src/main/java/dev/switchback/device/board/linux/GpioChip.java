package dev.switchback.device.board.linux;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A GPIO chip. Numbers change from one kernel to the next, so a chip is known by its label, which
 * most kernels show to everybody.
 *
 * @param name of its character device, such as {@code gpiochip0}
 * @param label of its driver, such as {@code pinctrl-bcm2711}
 * @param lines how many it has
 */
public record GpioChip(String name, String label, int lines) {
  private static final String CHIPS = "sys/class/gpio";
  private static final String NAMES = "gpiochip[0-9]*";

  /**
   * All chips, by number; a kernel without this directory shows none.
   *
   * @param root of the file system to look at
   */
  public static List<GpioChip> all(Path root) {
    List<GpioChip> chips = new ArrayList<>();
    for (Path listed : children(root.resolve(CHIPS))) {
      GpioChip chip = read(listed);
      if (chip != null) {
        chips.add(chip);
      }
    }
    // Not Comparator.comparingInt: no AOT cache takes its lambda, and a start comes by here.
    chips.sort((a, b) -> Integer.compare(a.number(), b.number()));
    return chips;
  }

  /** The chip behind the 40 pins; null if the kernel shows none that is known. */
  public static @Nullable GpioChip ofHeader(Path root) {
    return header(all(root));
  }

  /**
   * The same, asked of the chips themselves, for a kernel that shows none; those that this user may
   * not open are passed over.
   */
  public static @Nullable GpioChip ofOpenedHeader() {
    List<GpioChip> chips = new ArrayList<>();
    for (Path path : children(Path.of("/dev"))) {
      try (GpioCharacterDevice device = new GpioCharacterDevice(path.toString())) {
        chips.add(device.chip());
      } catch (IOException e) {
        // Not for this user, or no chip.
      }
    }
    return header(chips);
  }

  private static @Nullable GpioChip header(List<GpioChip> chips) {
    for (GpioChip chip : chips) {
      if (RaspberryPi.isHeaderChip(chip.label())) {
        return chip;
      }
    }
    return null;
  }

  public int number() {
    return Integer.parseInt(name.substring("gpiochip".length()));
  }

  public String path() {
    return "/dev/" + name;
  }

  /** The number here is that of its first line; that of the character device stands below it. */
  private static @Nullable GpioChip read(Path listed) {
    List<Path> devices = children(listed.resolve("device"));
    try {
      return devices.size() != 1
          ? null
          : new GpioChip(
              devices.getFirst().getFileName().toString(),
              Files.readString(listed.resolve("label")).strip(),
              Integer.parseInt(Files.readString(listed.resolve("ngpio")).strip()));
    } catch (IOException | NumberFormatException e) {
      // A chip that goes away meanwhile.
      return null;
    }
  }

  private static List<Path> children(Path directory) {
    List<Path> children = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, NAMES)) {
      entries.forEach(children::add);
    } catch (IOException | DirectoryIteratorException e) {
      return List.of();
    }
    return children;
  }
}
