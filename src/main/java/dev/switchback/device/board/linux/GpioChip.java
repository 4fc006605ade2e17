package dev.switchback.device.board.linux;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A GPIO chip. Its number changes between kernels, its label does not; most kernels show both to
 * all users.
 *
 * @param name of its character device, such as {@code gpiochip0}
 * @param label of its driver, such as {@code pinctrl-bcm2711}
 * @param lines number of lines
 */
public record GpioChip(String name, String label, int lines) {
  private static final String CHIPS = "sys/class/gpio";
  private static final String NAMES = "gpiochip[0-9]*";

  /**
   * Returns all chips, ordered by number; none if the kernel does not list them.
   *
   * @param root root of the file system to read
   */
  public static List<GpioChip> all(Path root) {
    List<GpioChip> chips = new ArrayList<>();
    for (Path listed : children(root.resolve(CHIPS))) {
      GpioChip chip = read(listed);
      if (chip != null) {
        chips.add(chip);
      }
    }
    return sorted(chips);
  }

  /**
   * Returns the chips of this machine: those whose devices this user may open, and those that the
   * kernel lists.
   *
   * @throws java.nio.file.AccessDeniedException if there are none but devices that may not be
   *     opened
   */
  public static List<GpioChip> ofThisMachine() throws IOException {
    List<GpioChip> chips = new ArrayList<>();
    IOException refusal = null;
    for (Path path : children(Path.of("/dev"))) {
      if (Files.isSymbolicLink(path)) {
        continue; // An old name of another chip.
      }
      try (GpioCharacterDevice device = new GpioCharacterDevice(path.toString())) {
        chips.add(device.chip());
      } catch (AccessDeniedException e) {
        refusal = e;
      } catch (IOException e) {
        // Not a chip, or removed meanwhile.
      }
    }
    for (GpioChip listed : all(Path.of("/"))) {
      if (chips.stream().noneMatch(chip -> chip.name.equals(listed.name))) {
        chips.add(listed);
      }
    }
    if (chips.isEmpty() && refusal != null) {
      throw refusal;
    }
    return sorted(chips);
  }

  private static List<GpioChip> sorted(List<GpioChip> chips) {
    // Not Comparator.comparingInt: the AOT cache cannot hold its lambda, and this runs at start-up.
    chips.sort((a, b) -> Integer.compare(a.number(), b.number()));
    return chips;
  }

  /** Whether it has the lines of a Raspberry Pi's 40-pin header, by BCM number. */
  public boolean isHeader() {
    return RaspberryPi.isHeaderChip(label);
  }

  public int number() {
    return Integer.parseInt(name.substring("gpiochip".length()));
  }

  public String path() {
    return "/dev/" + name;
  }

  /**
   * Reads a chip. The number in this directory is that of its first line; the name of the character
   * device is below it.
   */
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
      // The chip was removed meanwhile.
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
