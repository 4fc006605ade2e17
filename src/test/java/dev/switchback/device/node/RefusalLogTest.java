package dev.switchback.device.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.switchback.sim.ManualClock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefusalLogTest {
  private static final long SECOND = 1_000_000_000L;

  private final ManualClock clock = new ManualClock(Long.MAX_VALUE - SECOND);
  private final List<String> lines = new ArrayList<>();
  private final RefusalLog log = new RefusalLog(clock, lines::add);

  @Test
  void whatIsRefusedNowAndThenIsLoggedEachTime() {
    for (int i = 0; i < 3; i++) {
      log.note("refused: " + i);
      clock.advance(RefusalLog.PERIOD_NANOS);
    }
    log.close();
    assertEquals(List.of("refused: 0", "refused: 1", "refused: 2"), lines);
  }

  @Test
  void aFloodIsLoggedOnceAndThenCounted() {
    for (int i = 0; i < 10_000; i++) {
      log.note("refused: " + i);
      clock.advance(SECOND / 1000);
    }
    assertEquals(List.of("refused: 0", "refused: 5000; 4999 more before it"), lines);
    clock.advance(RefusalLog.PERIOD_NANOS);
    log.note("refused: last");
    log.close();
    log.close();
    assertEquals(List.of("refused: last; 4999 more before it"), lines.subList(2, lines.size()));
  }

  @Test
  void theEndLogsWhatWasPassedOver() {
    log.note("refused: 1");
    log.note("refused: 2");
    log.note("refused: 3");
    log.close();
    log.close();
    assertEquals(List.of("refused: 1", "refused: 3; 1 more before it"), lines);
  }
}
