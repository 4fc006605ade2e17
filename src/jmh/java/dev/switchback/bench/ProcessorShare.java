package dev.switchback.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Measures the share of CPU time in an iteration: JMH measures only wall-clock time, the rivals
 * thread CPU time.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class ProcessorShare {
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private long wallNanos;
  private long threadNanos;
  private double measured;

  @Setup(Level.Iteration)
  public void begin() {
    wallNanos = System.nanoTime();
    threadNanos = threads.getCurrentThreadCpuTime();
  }

  @TearDown(Level.Iteration)
  public void end() {
    long thread = threads.getCurrentThreadCpuTime() - threadNanos;
    measured = (double) thread / (System.nanoTime() - wallNanos);
  }

  /** Returns the share, 0 to 1. */
  public double share() {
    return measured;
  }
}
