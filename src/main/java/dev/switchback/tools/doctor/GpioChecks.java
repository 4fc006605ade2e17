package dev.switchback.tools.doctor;

import dev.switchback.device.board.Wiring;
import dev.switchback.device.board.linux.GpioChip;
import dev.switchback.device.board.linux.GpioLines;
import dev.switchback.device.board.linux.RaspberryPi;
import dev.switchback.device.config.BoardChoice;
import dev.switchback.device.config.Key;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Checks the board and the lines of its header. */
final class GpioChecks {
  private static final String OURS = "switchback-";
  private static final String NEW_KERNEL =
      "sudo apt-get install linux-image-rpi-v8 linux-image-rpi-2712 && sudo reboot";
  private static final String GROUP_RULE =
      "echo 'SUBSYSTEM==\"gpio\", GROUP=\"gpio\", MODE=\"0660\"'"
          + " | sudo tee /etc/udev/rules.d/60-gpio.rules && sudo reboot";

  private GpioChecks() {}

  static Finding board(Subject subject) {
    String model = subject.model();
    String seen = model == null ? "a machine without a device tree" : model;
    String likeness = subject.configuration().get(Key.BOARD_MODEL);
    if (!subject.usesHeader()) {
      return mayHaveHeader(subject)
          ? Finding.warn(
              seen + ", so the simulated board is used, though /dev/gpiochip0 is here",
              "set 'board = pi', and 'board.model' to the Raspberry Pi it is, such as MODEL_4_B")
          : subject.noHeader();
    }
    RaspberryPi known = subject.raspberryPi();
    if (known != null) {
      return known.is64Bit()
          ? Finding.pass(seen)
          : Finding.fail(seen + " has no 64-bit processor", "take a Zero 2 W, a 3 or a later one");
    }
    if (!likeness.isEmpty()) {
      return Finding.pass(seen + ", taken for a " + likeness);
    }
    return subject.isRaspberryPi()
        ? Finding.warn(seen + " is not in the table of boards", "switchback wiring")
        : Finding.fail(
            seen + " is no Raspberry Pi",
            "set 'board = sim', or 'board.model' to the Raspberry Pi whose header it has");
  }

  /** A container shows no device tree, but may show the chip. */
  private static boolean mayHaveHeader(Subject subject) {
    return subject.configuration().get(Key.BOARD) == BoardChoice.AUTO
        && subject.model() == null
        && subject.machine().has("/dev/gpiochip0");
  }

  /** Returns how to get a kernel with the header; only Raspberry Pi OS can install its kernel. */
  private static String otherKernel(Subject subject) {
    if (!subject.isRaspberryPi()) {
      return "set 'board = sim': only a Raspberry Pi has this header";
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
    if (!subject.usesHeader()) {
      return subject.noHeader();
    }
    Machine machine = subject.machine();
    GpioChip chip = machine.header();
    if (chip == null) {
      boolean isHidden = !machine.has("/sys/class/gpio") && machine.has("/dev/gpiochip0");
      return isHidden
          ? Finding.denied("/dev/gpiochip0, and this kernel shows no labels")
          : Finding.fail("the kernel has no chip of a Raspberry Pi's header", otherKernel(subject));
    }
    return Finding.pass(chip.name() + ", " + chip.label() + ", " + chip.lines() + " lines");
  }

  static Finding access(Subject subject) {
    return withChip(
        subject,
        (machine, chip) -> {
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
        });
  }

  /** Without version 1 of the interface, Pi4J finds the chip but none of its lines. */
  static Finding kernelInterface(Subject subject) {
    return withLines(
        subject,
        lines ->
            lines.hasVersion1()
                ? Finding.pass("the kernel has version 1 of the GPIO interface")
                : Finding.fail(
                    "this kernel was built without version 1 of the GPIO interface"
                        + " (CONFIG_GPIO_CDEV_V1), which Pi4J needs",
                    otherKernel(subject)));
  }

  static Finding lines(Subject subject) {
    return withLines(subject, lines -> lines(subject.configuration().wiring(), lines));
  }

  private static Finding lines(Wiring wiring, GpioLines lines) {
    List<String> free = new ArrayList<>();
    List<String> ours = new ArrayList<>();
    List<String> foreign = new ArrayList<>();
    for (int i = 0; i <= wiring.switchLines().size(); i++) {
      boolean isLed = i == wiring.switchLines().size();
      int line = isLed ? wiring.ledLine() : wiring.switchLines().get(i);
      String consumer = lines.consumers().get(line);
      String name = "GPIO" + line + " (" + (isLed ? "the LED" : Wiring.switchName(i)) + ")";
      if (consumer.isEmpty()) {
        free.add(name);
      } else if (consumer.startsWith(OURS)) {
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
        ours.isEmpty() ? "free: " + String.join(", ", free) : "held by the running device");
  }

  private static Finding withChip(Subject subject, BiFunction<Machine, GpioChip, Finding> check) {
    if (!subject.usesHeader()) {
      return subject.noHeader();
    }
    GpioChip chip = subject.machine().header();
    return chip == null ? Finding.skip("no chip to look at") : check.apply(subject.machine(), chip);
  }

  private static Finding withLines(Subject subject, Function<GpioLines, Finding> check) {
    return withChip(
        subject,
        (machine, chip) -> {
          try {
            return check.apply(machine.lines(chip, Wiring.MAX_LINE + 1));
          } catch (AccessDeniedException e) {
            return Finding.denied(chip.path());
          } catch (IOException e) {
            return Finding.unseen(String.valueOf(e.getMessage()), "gpioinfo");
          }
        });
  }
}
