package dev.switchback.format;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * Bounds of a parse: memory and CPU time proportional to the input. A parse that costs more is
 * repeated, because first calls also load and compile classes; the cheapest counts.
 */
final class ParseBounds {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int REPEATS = 5;
  private static final long FREE_BYTES = 1 << 20;
  private static final long BYTES_PER_BYTE = 256;
  private static final long FREE_NANOS = 20_000_000;
  private static final long NANOS_PER_BYTE = 500;

  private ParseBounds() {}

  /**
   * Checks that {@code parse} stays within the bounds, on this thread.
   *
   * @param inputBytes length of the input, unpacked
   * @throws AssertionError with the cost and the bound
   */
  static void require(Runnable parse, long inputBytes) {
    long justifiedBytes = FREE_BYTES + BYTES_PER_BYTE * inputBytes;
    long justifiedNanos = FREE_NANOS + NANOS_PER_BYTE * inputBytes;
    long leastBytes = Long.MAX_VALUE;
    long leastNanos = Long.MAX_VALUE;
    for (int k = 0; k < REPEATS; k++) {
      long bytes = THREADS.getCurrentThreadAllocatedBytes();
      long nanos = THREADS.getCurrentThreadCpuTime();
      parse.run();
      leastNanos = Math.min(leastNanos, THREADS.getCurrentThreadCpuTime() - nanos);
      leastBytes = Math.min(leastBytes, THREADS.getCurrentThreadAllocatedBytes() - bytes);
      if (leastBytes <= justifiedBytes && leastNanos <= justifiedNanos) {
        return;
      }
    }
    throw new AssertionError(
        "an input of %d bytes took %d bytes of at most %d, and %d ns of at most %d"
            .formatted(inputBytes, leastBytes, justifiedBytes, leastNanos, justifiedNanos));
  }
}
