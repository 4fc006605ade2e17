package dev.switchback.sim;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** Counts what the calling thread allocates. */
public final class AllocatedBytes {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int WINDOWS_IN_A_ROW = 5;
  private static final int MOST_WINDOWS = 20;

  private AllocatedBytes() {}

  /**
   * Requires that {@code once} allocates nothing on this thread, in five windows in a row. What
   * allocates every so often allocates in every window that is long enough. What happens once does
   * not count: class loading and first calls allocate, and so does the JVM itself when it replaces
   * the running loop by compiled code (88 bytes on JDK 25, never with {@code
   * -XX:-UseOnStackReplacement}).
   *
   * @param what names the culprit in the failure
   * @param iterations calls per window
   * @throws AssertionError with the bytes of every window
   */
  public static void requireNone(String what, Runnable once, int iterations) {
    List<Long> windows = new ArrayList<>();
    int inARow = 0;
    while (inARow < WINDOWS_IN_A_ROW) {
      if (windows.size() == MOST_WINDOWS) {
        throw new AssertionError(
            what + " allocates: bytes in windows of " + iterations + " calls " + windows);
      }
      long bytes = window(once, iterations);
      windows.add(bytes);
      inARow = bytes == 0 ? inARow + 1 : 0;
    }
  }

  /** Bytes allocated by {@code iterations} calls. */
  public static long window(Runnable once, int iterations) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < iterations; i++) {
      once.run();
    }
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
