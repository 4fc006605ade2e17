package dev.switchback.device.service;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.sim.FakeSystemd;
import dev.switchback.sim.PtyPair;
import dev.switchback.sim.TestJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A service that nobody touches, as shipped: how often its threads wake. */
@Tag("slow")
@EnabledOnOs(OS.LINUX)
class IdleCostTest {
  private static final long WATCHDOG_MILLIS = 10_000;
  private static final long SECONDS = 5;

  /** It makes 5; one thread more that polls ten times a second is too much. */
  private static final long MAX_PER_SECOND = 10;

  @TempDir Path directory;

  @Test
  void untouchedServiceWithACableAndASocketSleeps() throws Exception {
    try (PtyPair pair = PtyPair.open(directory)) {
      Path config =
          Files.writeString(
              directory.resolve("c.properties"), "board = sim\nport = " + pair.one() + "\n");
      List<String> words =
          List.of("--config", config.toString(), "--state-dir", directory.resolve("s").toString());
      try (FakeSystemd systemd =
          FakeSystemd.start(directory, WATCHDOG_MILLIS, TestJvm.device(List.of(), words))) {
        // The second comes when it has run for some seconds, and what it runs is compiled.
        systemd.await("WATCHDOG=1");
        systemd.await("WATCHDOG=1");
        Map<String, Long> before = switches(systemd.processId());
        TimeUnit.SECONDS.sleep(SECONDS);
        Map<String, Long> after = switches(systemd.processId());
        after.replaceAll((thread, count) -> count - before.getOrDefault(thread, 0L));
        long sum = after.values().stream().mapToLong(Long::longValue).sum();
        assertTrue(sum > 0, "its loop ticks");
        assertTrue(sum <= SECONDS * MAX_PER_SECOND, "in " + SECONDS + " s: " + after);
      }
    }
  }

  /** Returns how often each thread has waited so far, by its number and name. */
  private static Map<String, Long> switches(long processId) throws IOException {
    Map<String, Long> switches = new TreeMap<>();
    try (Stream<Path> threads = Files.list(Path.of("/proc/" + processId + "/task"))) {
      for (Path thread : threads.toList()) {
        try {
          List<String> status = Files.readAllLines(thread.resolve("status"));
          switches.put(
              thread.getFileName() + " " + value(status, "Name"),
              Long.parseLong(value(status, "voluntary_ctxt_switches")));
        } catch (NoSuchFileException e) {
          // The thread has ended.
        }
      }
    }
    return switches;
  }

  private static String value(List<String> status, String name) {
    String begin = name + ":";
    return status.stream()
        .filter(line -> line.startsWith(begin))
        .map(line -> line.substring(begin.length()).strip())
        .findFirst()
        .orElseThrow();
  }
}
