package dev.switchback.device.service;

import dev.switchback.device.node.Device;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * Logs when a fault of the control loop begins and when it is over: not how often the loop met it,
 * nor that it came and went. One thread.
 */
final class FaultLog {
  /** How long the LED must answer until a fault counts as over. */
  static final long OVER_NANOS = 10_000_000_000L;

  private final Device device;
  private @Nullable String fault;
  private long faults;
  private long metNanos;

  FaultLog(Device device) {
    this.device = device;
  }

  /** Looks at the device, now and then. */
  void look(long nowNanos) {
    long count = device.faults();
    if (count != faults) {
      faults = count;
      metNanos = nowNanos;
      begin(device.lastFault());
    } else if (fault != null && device.outage() == null && nowNanos - metNanos > OVER_NANOS) {
      fault = null;
      Logger.info("the LED answers again");
    }
  }

  private void begin(@Nullable String met) {
    if (!Objects.equals(met, fault)) {
      fault = met;
      Logger.error("LED off, {}", met);
    }
  }
}
