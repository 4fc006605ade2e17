package dev.switchback.tools.doctor;

import dev.switchback.device.board.BoardException;
import dev.switchback.device.board.Line;
import dev.switchback.device.board.Wiring;
import dev.switchback.device.board.linux.Chips;
import dev.switchback.device.board.linux.GpioChip;
import dev.switchback.device.board.linux.GpioLine;
import dev.switchback.device.board.linux.LineFinder;
import dev.switchback.device.board.linux.RaspberryPi;
import dev.switchback.device.config.BoardChoice;
import dev.switchback.device.config.Key;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Checks the board and the lines of its switches and LEDs. */
final class GpioChecks {
  private static final String NEW_KERNEL =
      "sudo apt-get install linux-image-rpi-v8 linux-image-rpi-2712 && sudo reboot";
  private static final String GROUP_RULE =
      "echo 'SUBSYSTEM==\"gpio\", GROUP=\"gpio\", MODE=\"0660\"'"
          + " | sudo tee /etc/udev/rules.d/60-gpio.rules && sudo reboot";

  private GpioChecks() {}

  static Finding board(Subject subject) {
    String model = subject.model();
    String seen = model == null ? "a machine without a device tree" : model;
    if (!subject.usesPins()) {
      return mayHavePins(subject)
          ? Finding.warn(
              seen + ", so the simulated board is used, though /dev/gpiochip0 is here",
              "set 'board = pi' to use its pins")
          : subject.noPins();
    }
    RaspberryPi known = subject.raspberryPi();
    if (known != null) {
      return known.is64Bit()
          ? Finding.pass(seen)
          : Finding.fail(seen + " has no 64-bit processor", "take a Zero 2 W, a 3 or a later one");
    }
    return subject.isRaspberryPi()
        ? Finding.warn(seen + " is not in the table of boards", "switchback wiring")
        : Finding.pass(seen + ", no Raspberry Pi");
  }

  /** A container shows no device tree, but may show the chip. */
  private static boolean mayHavePins(Subject subject) {
    return subject.configuration().get(Key.BOARD) == BoardChoice.AUTO
        && subject.model() == null
        && subject.machine().has("/dev/gpiochip0");
  }

  /** Returns how to get a kernel with the header; only Raspberry Pi OS can install its kernel. */
  private static String otherKernel(Subject subject) {
    if (!subject.isRaspberryPi()) {
      return "set 'board = sim', or name each line by its chip, as in gpiochip0:17; see gpiodetect";
    }
    return subject.machine().has("/usr/bin/raspi-config")
        ? NEW_KERNEL
        : "sudo apt-get full-upgrade && sudo reboot, or take Raspberry Pi OS";
  }

  private static String device(Subject subject, GpioChip chip) {
    return subject.isInContainer()
        ? "give it to the container: docker run --device " + chip.path() + " ..."
        : otherKernel(subject);
  }

  static Finding chip(Subject subject) {
    if (!subject.usesPins()) {
      return subject.noPins();
    }
    Machine machine = subject.machine();
    if (machine.chips().isEmpty()) {
      return !machine.has("/sys/class/gpio") && machine.has("/dev/gpiochip0")
          ? Finding.denied("/dev/gpiochip0, and this kernel shows no labels")
          : Finding.fail("the kernel has no GPIO chip", otherKernel(subject));
    }
    try {
      return Finding.pass(
          chips(places(subject)).stream()
              .map(chip -> chip.name() + ", " + chip.label() + ", " + chip.lines() + " lines")
              .collect(Collectors.joining("; ")));
    } catch (BoardException e) {
      return e.kind() == BoardException.Kind.PERMISSION
          ? Finding.denied("the names of the lines")
          : Finding.fail(String.valueOf(e.getMessage()), otherKernel(subject));
    }
  }

  private static List<GpioChip> chips(List<GpioLine> places) {
    return places.stream().map(GpioLine::chip).distinct().toList();
  }

  static Finding access(Subject subject) {
    return withLines(
        subject,
        places -> {
          Finding worst = Finding.skip("no chip to look at");
          for (GpioChip chip : chips(places).reversed()) {
            Finding finding = access(subject, chip);
            worst = worst.verdict() == Verdict.FAIL ? worst : finding;
          }
          return worst;
        });
  }

  private static Finding access(Subject subject, GpioChip chip) {
    Machine machine = subject.machine();
    String group = machine.group(chip.path());
    if (group == null) {
      return Finding.fail(chip.path() + " is missing", device(subject, chip));
    }
    if (!group.equals("gpio")) {
      return Finding.warn(chip.path() + " is for group " + group, GROUP_RULE);
    }
    return Files.isWritable(machine.file(chip.path()))
        ? Finding.pass(chip.path() + " is open to group gpio, and to you")
        : Finding.pass(chip.path() + " is open to group gpio, not to you");
  }

  static Finding lines(Subject subject) {
    return withLines(
        subject,
        places -> {
          try {
            return lines(subject, places);
          } catch (AccessDeniedException e) {
            return Finding.denied(String.valueOf(e.getMessage()));
          } catch (IOException e) {
            return Finding.unseen(String.valueOf(e.getMessage()), "gpioinfo");
          }
        });
  }

  private static Finding lines(Subject subject, List<GpioLine> places) throws IOException {
    List<Wiring.Part> parts = subject.configuration().wiring().parts();
    List<String> free = new ArrayList<>();
    List<String> ours = new ArrayList<>();
    List<String> foreign = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      GpioLine place = places.get(i);
      String consumer = subject.machine().lines(place.chip()).get(place.offset()).consumer();
      String name = parts.get(i).name() + " on " + named(parts.get(i).line(), place);
      if (consumer.isEmpty()) {
        free.add(name);
      } else if (consumer.startsWith(Chips.CONSUMER)) {
        ours.add(name);
      } else {
        foreign.add(name + " is held by '" + consumer + "'");
      }
    }
    if (!foreign.isEmpty()) {
      return Finding.fail(
          String.join(", ", foreign), "end that program, or choose other lines; see gpioinfo");
    }
    return Finding.pass(
        ours.isEmpty()
            ? "free: " + String.join(", ", free)
            : "held by the running device: " + String.join(", ", ours));
  }

  /** Returns a line as configured, and where it is. */
  private static String named(Line line, GpioLine place) {
    String written = line.toString();
    return written.equals(place.toString()) ? written : written + " = " + place;
  }

  /** Checks the lines if all are found; {@link #chip} says which are not. */
  private static Finding withLines(Subject subject, Function<List<GpioLine>, Finding> check) {
    if (!subject.usesPins()) {
      return subject.noPins();
    }
    try {
      return check.apply(places(subject));
    } catch (BoardException e) {
      return Finding.skip("no chip to look at");
    }
  }

  /**
   * Returns where the lines of the configuration are.
   *
   * @throws BoardException if one is missing
   */
  private static List<GpioLine> places(Subject subject) {
    LineFinder finder = new LineFinder(subject.machine().chips(), subject.machine()::lines);
    return subject.configuration().wiring().parts().stream()
        .map(part -> finder.find(part.line()))
        .toList();
  }
}
