package dev.switchback.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Machine and date of a measurement. */
record Machine(String date, String processor, String kernel, String java) {

  static Machine here() throws IOException {
    return new Machine(
        LocalDate.now(ZoneOffset.UTC).toString(),
        processorName(),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("java.vendor.version", System.getProperty("java.vendor"))
            + ", Java "
            + System.getProperty("java.version"));
  }

  /** Returns the text without the versions. */
  String brief() {
    return date + ", " + processor + ", one processor, medians";
  }

  /** Returns the name that Linux reports on x86; elsewhere the architecture. */
  private static String processorName() throws IOException {
    return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
        .filter(line -> line.startsWith("model name"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse(System.getProperty("os.arch"));
  }
}
