package dev.switchback.device.service;

import dev.switchback.device.node.Device;
import org.tinylog.Logger;

/**
 * Reports the device to its supervisor: readiness, progress of the control loop, status. One
 * thread.
 */
public final class ServiceWatch {
  /** Receives the reports of a service. In production this is systemd. */
  public interface Supervisor {
    /** Longest time between two calls of {@link #feed}; 0 if there is no watchdog. */
    long periodNanos();

    /**
     * Reports that the device works; the watchdog starts.
     *
     * @param sinceNanos monotonic time when readiness was observed
     */
    void ready(long sinceNanos);

    /** Reports that the device still works. */
    void feed();

    /** Reports the status, for people. */
    void reportStatus(String status);
  }

  /** Before the device is ready, to report readiness without delay. */
  private static final long START_PERIOD_NANOS = 1_000_000;

  private static final long LOOK_PERIOD_NANOS = 2_000_000_000;

  /** Shortest time between two reports of the status. */
  private static final long STATUS_PERIOD_NANOS = 1_000_000_000;

  private static final int FEEDS_PER_PERIOD = 3;
  private static final int UPDATES_PER_FEED = 2;

  private final Device device;
  private final Supervisor supervisor;
  private final FaultLog faults;
  private boolean isReady;
  private long fedNanos;
  private long fedTicks;
  private boolean hung;
  private long reportedNanos;
  private String reportedStatus = "";

  public ServiceWatch(Device device, Supervisor supervisor) {
    this.device = device;
    this.supervisor = supervisor;
    this.faults = new FaultLog(device);
  }

  /** Whether the device has been ready. */
  boolean isReady() {
    return isReady;
  }

  /** Returns how long to wait until the next {@link #update}, unless there is a new decision. */
  long nextNanos() {
    long periodNanos = supervisor.periodNanos();
    if (!isReady) {
      return START_PERIOD_NANOS;
    }
    return periodNanos == 0
        ? LOOK_PERIOD_NANOS
        : Math.min(LOOK_PERIOD_NANOS, periodNanos / (FEEDS_PER_PERIOD * UPDATES_PER_FEED));
  }

  /** Checks the device and reports. Call it several times per period of the supervisor. */
  public void update(long nowNanos) {
    faults.update(nowNanos);
    if (!isReady && device.isReady()) {
      isReady = true;
      fedNanos = nowNanos;
      reportedNanos = nowNanos - STATUS_PERIOD_NANOS;
      supervisor.ready(nowNanos);
    }
    if (isReady) {
      feed(nowNanos);
      reportStatus(nowNanos);
    }
  }

  private void feed(long nowNanos) {
    long periodNanos = supervisor.periodNanos() / FEEDS_PER_PERIOD;
    if (periodNanos == 0 || nowNanos - fedNanos < periodNanos) {
      return;
    }
    long ticks = device.ticks();
    if (ticks != fedTicks) {
      supervisor.feed();
      fedTicks = ticks;
      fedNanos = nowNanos;
      hung = false;
    } else if (!hung && nowNanos - fedNanos >= 2 * periodNanos) {
      // A loop that sleeps may not have ticked before, where the period is short.
      hung = true;
      Logger.error("the control loop hangs; the watchdog is not fed");
    }
  }

  private void reportStatus(long nowNanos) {
    if (nowNanos - reportedNanos < STATUS_PERIOD_NANOS) {
      return;
    }
    reportedNanos = nowNanos;
    String status = device.status().line();
    if (!status.equals(reportedStatus)) {
      reportedStatus = status;
      supervisor.reportStatus(status);
    }
  }
}
