package dev.switchback.device.service;

import dev.switchback.device.node.Device;
import org.tinylog.Logger;

/**
 * What a service tells its supervisor of the device: that it is ready, that the control loop comes
 * round, how it does. One thread.
 */
public final class ServiceWatch {
  /** Takes what a service says of itself; systemd, outside of tests. */
  public interface Supervisor {
    /** Within what time {@link #feed} must come again; 0: nobody waits for it. */
    long periodNanos();

    /**
     * The device does its work, and is watched from now on.
     *
     * @param sinceNanos the monotonic time when that was seen
     */
    void ready(long sinceNanos);

    /** The device still does its work. */
    void feed();

    /** What the device does, for people. */
    void tell(String status);
  }

  private static final long STATUS_PERIOD_NANOS = 1_000_000_000;
  private static final int FEEDS_PER_PERIOD = 3;

  private final Device device;
  private final Supervisor supervisor;
  private final FaultLog faults;
  private boolean isReady;
  private long fedNanos;
  private long fedTicks;
  private boolean hung;
  private long toldNanos;
  private String told = "";

  public ServiceWatch(Device device, Supervisor supervisor) {
    this.device = device;
    this.supervisor = supervisor;
    this.faults = new FaultLog(device);
  }

  /** Whether the device was once seen to be ready. */
  boolean isReady() {
    return isReady;
  }

  /** Looks at the device; to be called several times in each period of the supervisor's. */
  public void look(long nowNanos) {
    faults.look(nowNanos);
    if (!isReady && device.isReady()) {
      isReady = true;
      fedNanos = nowNanos;
      toldNanos = nowNanos - STATUS_PERIOD_NANOS;
      supervisor.ready(nowNanos);
    }
    if (isReady) {
      feed(nowNanos);
      tell(nowNanos);
    }
  }

  private void feed(long nowNanos) {
    long periodNanos = supervisor.periodNanos() / FEEDS_PER_PERIOD;
    if (periodNanos == 0 || nowNanos - fedNanos < periodNanos) {
      return;
    }
    long ticks = device.ticks();
    boolean hangs = ticks == fedTicks;
    if (!hangs) {
      supervisor.feed();
    } else if (!hung) {
      Logger.error("the control loop hangs; the watchdog is not fed");
    }
    hung = hangs;
    fedTicks = ticks;
    fedNanos = nowNanos;
  }

  private void tell(long nowNanos) {
    if (nowNanos - toldNanos < STATUS_PERIOD_NANOS) {
      return;
    }
    toldNanos = nowNanos;
    String status = device.status().line();
    if (!status.equals(told)) {
      told = status;
      supervisor.tell(status);
    }
  }
}
