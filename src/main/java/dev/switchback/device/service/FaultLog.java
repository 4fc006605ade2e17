package dev.switchback.device.service;

import dev.switchback.device.node.Device;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/** Logs when a fault of the control loop begins and ends, but not each repetition. One thread. */
final class FaultLog {
  /** How long the LED must answer before a fault counts as over. */
  static final long OVER_NANOS = 10_000_000_000L;

  private final Device device;
  private @Nullable String fault;
  private long faults;
  private long lastFaultNanos;

  FaultLog(Device device) {
    this.device = device;
  }

  /** Logs changes since the last call. Call it regularly. */
  void update(long nowNanos) {
    long count = device.faults();
    if (count != faults) {
      faults = count;
      lastFaultNanos = nowNanos;
      begin(device.lastFault());
    } else if (fault != null && device.outage() == null && nowNanos - lastFaultNanos > OVER_NANOS) {
      fault = null;
      Logger.info("the LED answers again");
    }
  }

  private void begin(@Nullable String newFault) {
    if (!Objects.equals(newFault, fault)) {
      fault = newFault;
      Logger.error("LED off, {}", newFault);
    }
  }
}
