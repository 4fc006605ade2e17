package dev.switchback.sim;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** Counts the bytes that the calling thread allocates. */
public final class AllocatedBytes {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int WINDOWS_IN_A_ROW = 5;
  private static final int MOST_WINDOWS = 20;

  private AllocatedBytes() {}

  /**
   * Requires that {@code once} allocates nothing on this thread in five consecutive windows. Code
   * that allocates periodically does so in every window that is long enough. One-time allocations
   * do not count: class loading, first calls, and on-stack replacement by the JVM (88 bytes on JDK
   * 25, none with {@code -XX:-UseOnStackReplacement}).
   *
   * @param what name of the tested code in the failure message
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

  /** Returns the bytes allocated by {@code iterations} calls. */
  public static long window(Runnable once, int iterations) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < iterations; i++) {
      once.run();
    }
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
