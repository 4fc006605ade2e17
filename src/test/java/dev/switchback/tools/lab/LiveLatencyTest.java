package dev.switchback.tools.lab;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** How long after a hand has moved a switch the pages show it. Debouncing takes 10 ms of it. */
@Tag("speed")
@Timeout(120)
@EnabledOnOs({OS.LINUX, OS.MAC})
class LiveLatencyTest {
  private static final int WATCHERS = 20;
  private static final int WARM_UP = 50;
  private static final int FLIPS = 400;

  @TempDir Path directory;

  @Test
  void aFlipIsSeenSoonByAllThatLook() throws Exception {
    try (Lab lab = Lab.open(directory)) {
      List<LabPage.Events> all = new ArrayList<>();
      for (int i = 0; i < WATCHERS; i++) {
        all.add(lab.page.events());
      }
      for (LabPage.Events events : all) {
        events.next("live", 5);
      }
      double[] millis = new double[FLIPS * WATCHERS];
      int count = 0;
      for (int flip = -WARM_UP; flip < FLIPS; flip++) {
        count = Math.max(0, flip) * WATCHERS;
        int row = (flip + WARM_UP) % 3 + 1;
        Long wanted = (long) row;
        long before = System.nanoTime();
        lab.device.board().setSwitches(row);
        for (LabPage.Events events : all) {
          LabPage.Event live =
              events.next("live", event -> wanted.equals(event.json().get("s")), 5);
          millis[count++] = (live.nanos() - before) / 1e6;
        }
        Thread.sleep(7);
      }
      Arrays.sort(millis);
      double p50 = millis[count / 2];
      double p99 = millis[count * 99 / 100];
      System.out.printf("flip to event: p50 %.1f ms, p99 %.1f ms%n", p50, p99);
      assertTrue(p99 < 50, "p99 " + p99 + " ms");
      for (LabPage.Events events : all) {
        events.close();
      }
    }
  }
}
