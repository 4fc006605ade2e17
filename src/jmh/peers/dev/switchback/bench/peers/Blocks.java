package dev.switchback.bench.peers;

import dev.switchback.bench.Protocol;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;

/** Times work on one thread: the median of blocks of thread CPU time, after a warm-up. */
final class Blocks {
  private static final double BLOCK_NANOS = 1e7;

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final double warmUpNanos;
  private final double longestNanos;
  private final int blocks;

  Blocks(boolean quick) {
    this.warmUpNanos = quick ? 1e9 : 2e9;
    this.longestNanos = quick ? 5e8 : 2e9;
    this.blocks = quick ? 11 : 41;
  }

  void measure(String row, Runnable work) {
    double spent = 0;
    double once = nanos(work, 1);
    while (spent < warmUpNanos) {
      long calls = Math.max(1, (long) (BLOCK_NANOS / once));
      once = nanos(work, calls);
      spent += calls * once;
    }
    long calls = Math.max(1, (long) (BLOCK_NANOS / once));
    int count = (int) Math.clamp(longestNanos / (once * calls), 3, blocks);
    double[] nanos = new double[count];
    for (int b = 0; b < count; b++) {
      nanos[b] = nanos(work, calls);
    }
    Arrays.sort(nanos);
    Protocol.nanos(row, nanos[count / 2]);
  }

  /** Returns the time of one call, above 0 in spite of the coarse clock. */
  private double nanos(Runnable work, long calls) {
    long start = threads.getCurrentThreadCpuTime();
    for (long call = 0; call < calls; call++) {
      work.run();
    }
    return Math.max(1, threads.getCurrentThreadCpuTime() - start) / (double) calls;
  }
}
