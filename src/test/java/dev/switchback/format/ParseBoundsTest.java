package dev.switchback.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.junit.jupiter.api.Test;

class ParseBoundsTest {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private byte[] kept = new byte[0];
  private int calls;

  private static String failure(Runnable parse, long inputBytes) {
    return String.valueOf(
        assertThrows(AssertionError.class, () -> ParseBounds.require(parse, inputBytes))
            .getMessage());
  }

  private void allocate(int bytes) {
    calls++;
    kept = new byte[bytes];
  }

  private static void spin() {
    long start = THREADS.getCurrentThreadCpuTime();
    while (THREADS.getCurrentThreadCpuTime() - start < 30_000_000) {
      Thread.onSpinWait();
    }
  }

  @Test
  void memoryBeyondTheInputIsDetected() {
    String message = failure(() -> allocate(2 << 20), 1000);
    assertTrue(message.startsWith("an input of 1000 bytes took 20971"), message);
    assertTrue(message.contains(" bytes of at most 1304576,"), message);
    assertEquals(5, calls);
  }

  @Test
  void timeBeyondTheInputIsDetected() {
    String message = failure(ParseBoundsTest::spin, 0);
    assertTrue(message.endsWith(" ns of at most 20000000"), message);
  }

  @Test
  void whatAllocatesOnlyTheFirstTimePasses() {
    ParseBounds.require(() -> allocate(calls == 0 ? 2 << 20 : 0), 0);
    assertEquals(2, calls);
  }

  @Test
  void aLongInputJustifiesMore() {
    ParseBounds.require(() -> allocate(2 << 20), 1 << 20);
    assertEquals(1, calls);
    assertEquals(2 << 20, kept.length);
  }
}
