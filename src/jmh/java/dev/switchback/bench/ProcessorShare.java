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
 * How much of an iteration the thread had the processor: JMH has the wall clock alone, the rivals
 * measure the thread's.
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

  /** 0 to 1. */
  public double share() {
    return measured;
  }
}
