package dev.switchback.device.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.device.cable.RecentLogWriter;
import dev.switchback.device.config.DeviceConfiguration;
import dev.switchback.device.node.Device;
import dev.switchback.device.node.TrainingListener;
import dev.switchback.device.store.MemoryStorage;
import dev.switchback.sim.FakeBoard;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultLogTest {
  private final FakeBoard board = new FakeBoard(2);

  private static List<String> lines() {
    return RecentLogWriter.lines().stream().filter(line -> line.contains("LED")).toList();
  }

  @Test
  void logsBeginAndEndOfAFaultAndNothingBetween() throws Exception {
    try (Device device =
        new Device(
            DeviceConfiguration.defaults(),
            board,
            new MemoryStorage(),
            new TrainingListener() {})) {
      FaultLog log = new FaultLog(device);
      log.update(0);
      board.failReads(new IllegalStateException("wire broken, test of the log"));
      device.start();
      long limit = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (device.faults() < 2 && System.nanoTime() < limit) {
        log.update(1);
        Thread.sleep(5);
      }
      board.failReads(null);
      assertTrue(device.awaitAnswer(0, Duration.ofSeconds(20)), "it answers again");
      log.update(2);
      log.update(2 + FaultLog.OVER_NANOS);
      int before = lines().size();
      log.update(3 + FaultLog.OVER_NANOS);
      log.update(9 * FaultLog.OVER_NANOS);
      List<String> logged = lines();
      assertEquals(1, logged.size() - before, "one line for the end: " + logged);
      assertEquals("info the LED answers again", logged.getLast());
      assertEquals(
          1, logged.stream().filter(line -> line.contains("wire broken, test of the log")).count());
    }
  }
}
