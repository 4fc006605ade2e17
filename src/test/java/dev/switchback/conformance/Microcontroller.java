package dev.switchback.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.switchback.sim.Requirement;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A simulated microcontroller that runs the firmware in {@code src/test/microcontroller}. */
enum Microcontroller {
  /** An Arduino Uno's, in simavr, which counts cycles. */
  AVR("ATmega328P", "avr", "avr-size", "cycles"),
  /** A micro:bit's, in QEMU, which counts instructions. */
  CORTEX_M0("Cortex-M0", "cortex-m0", "arm-none-eabi-size", "instructions");

  private static final Path SOURCES = Path.of("src/test/microcontroller").toAbsolutePath();

  /** A network without one: what is left is the firmware around it. */
  private static final String NOTHING =
      """
      #include <stdint.h>
      #define SWITCHBACK_INPUTS 1
      #define SWITCHBACK_OUTPUTS 1
      static int switchback_infer(const int32_t *in, int32_t *out) { *out = *in; return 0; }
      static int predict(const int32_t *in) { return *in > 0; }
      """;

  /** The line of numbers below the titles: text and data come first. */
  private static final Pattern SIZES = Pattern.compile("\\n\\s*(\\d+)\\s+(\\d+)");

  private static final Pattern TOLD =
      Pattern.compile(
          "(\\d+) answers, (\\d+) cycles on average, (\\d+) at most, (\\d+) bytes of stack");

  private final String title;
  private final String folder;
  private final String sizes;
  private final String unit;

  Microcontroller(String title, String folder, String sizes, String unit) {
    this.title = title;
    this.folder = folder;
    this.sizes = sizes;
    this.unit = unit;
  }

  /** Skips a test, with the reason, where tools are missing. */
  void require(Class<?> test) {
    if (this == AVR) {
      Requirement.program(test, "gcc", "gcc");
      Requirement.program(test, "avr-gcc", "gcc-avr avr-libc");
      Requirement.that(
          test,
          Files.exists(Path.of("/usr/include/simavr/sim_avr.h")),
          "simavr (apt-get install libsimavr-dev)");
    } else {
      Requirement.program(test, "arm-none-eabi-gcc", "gcc-arm-none-eabi");
      Requirement.program(test, "qemu-system-arm", "qemu-system-arm");
    }
  }

  /**
   * What a network costs.
   *
   * @param flash bytes of its code and data
   * @param stack most bytes that an answer took
   * @param average cycles or instructions of an answer
   * @param most the same of the slowest answer
   */
  record Cost(int flash, int stack, long average, long most) {
    String row(String network, Microcontroller chip) {
      return "%-10s  %-34s %6d bytes of flash  %4d of stack  %7d %s on average, %7d at most"
          .formatted(chip.title, network, flash, stack, average, chip.unit, most);
    }
  }

  /**
   * Requires that the firmware gives the right results, and returns what the network costs.
   *
   * @param directory for the files of this run
   */
  Cost run(HeaderCase network, Path directory) throws Exception {
    Files.writeString(directory.resolve("network.h"), NOTHING);
    int around = build(directory);
    Files.writeString(directory.resolve("network.h"), network.header());
    int flash = build(directory) - around;
    Files.write(directory.resolve("inputs"), network.pointBytes());
    long[] told = this == AVR ? simavr(network, directory) : qemu(directory);
    network.requireRight(Files.readAllBytes(directory.resolve("results")));
    int points = network.points().length / network.network().topology().inputs();
    assertEquals(points, told[0]);
    return new Cost(flash, (int) told[3], told[1], told[2]);
  }

  /** Builds the firmware; any warning is an error. Returns the bytes of flash it takes. */
  private int build(Path directory) throws Exception {
    List<String> command =
        this == AVR
            ? new ArrayList<>(List.of("avr-gcc", "-mmcu=atmega328p"))
            : new ArrayList<>(
                List.of("arm-none-eabi-gcc", "-mcpu=cortex-m0", "-mthumb", "-ffreestanding"));
    command.addAll(List.of("-Os", "-std=c11"));
    command.addAll(CHeaderConformanceTest.WARNINGS);
    command.addAll(List.of("-I.", "-I" + SOURCES.resolve(folder)));
    command.add(SOURCES.resolve("firmware.c").toString());
    if (this == CORTEX_M0) {
      command.addAll(List.of("-nostdlib", "-T", SOURCES.resolve(folder + "/board.ld").toString()));
      command.add("-lgcc");
    }
    command.addAll(List.of("-o", "firmware.elf"));
    said(directory, command);
    Matcher found = SIZES.matcher(said(directory, List.of(sizes, "firmware.elf")));
    if (!found.find()) {
      throw new AssertionError(sizes + " prints no sizes");
    }
    return Integer.parseInt(found.group(1)) + Integer.parseInt(found.group(2));
  }

  private static long[] simavr(HeaderCase network, Path directory) throws Exception {
    String source = SOURCES.resolve("avr/run.c").toString();
    said(directory, List.of("gcc", "-O2", "-o", "run", source, "-lsimavr"));
    String told =
        said(
            directory,
            List.of(
                directory.resolve("run").toString(),
                "firmware.elf",
                "inputs",
                "results",
                Integer.toString(network.inputBytes()),
                Integer.toString(network.resultBytes())));
    Matcher numbers = TOLD.matcher(told);
    if (!numbers.find()) {
      throw new AssertionError(told);
    }
    long[] found = new long[4];
    for (int k = 0; k < found.length; k++) {
      found[k] = Long.parseLong(numbers.group(k + 1));
    }
    return found;
  }

  private static long[] qemu(Path directory) throws Exception {
    said(
        directory,
        List.of(
            "qemu-system-arm",
            "-M",
            "microbit",
            "-display",
            "none",
            "-monitor",
            "none",
            "-serial",
            "none",
            "-semihosting-config",
            "enable=on,target=native",
            "-icount",
            "shift=10",
            "-kernel",
            "firmware.elf"));
    ByteBuffer log =
        ByteBuffer.wrap(Files.readAllBytes(directory.resolve("log")))
            .order(ByteOrder.LITTLE_ENDIAN);
    long answers = log.getInt();
    long total = Integer.toUnsignedLong(log.getInt());
    return new long[] {answers, total / answers, log.getInt(), log.getInt()};
  }

  /** Returns what a program prints. */
  private static String said(Path directory, List<String> command)
      throws IOException, InterruptedException {
    Path log = directory.resolve("said");
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    process.getOutputStream().close();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(command + " did not end within 60 s");
    }
    assertEquals(0, process.exitValue(), () -> command + ": " + text(log));
    return text(log);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
