package dev.switchback.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * The output of a rival, in lines of fields separated by tabs: {@code ROW NANOS} for the time of
 * one unit of work, {@code check ROW VALUE} for the computed value, {@code bytes ROW COUNT} for the
 * allocated bytes.
 */
public final class Protocol {
  private static final int CALLS = 100;

  private Protocol() {}

  public static void nanos(String row, double nanos) {
    print(row + "\t" + String.format(Locale.ROOT, "%.3f", nanos));
  }

  public static void check(String row, double value) {
    print("check\t" + row + "\t" + String.format(Locale.ROOT, "%.9g", value));
  }

  /** Prints the smallest of several runs on this thread, to exclude effects of compilation. */
  static void bytes(String row, Runnable work) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int call = 0; call < CALLS; call++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      work.run();
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    print("bytes\t" + row + "\t" + least);
  }

  private static void print(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
