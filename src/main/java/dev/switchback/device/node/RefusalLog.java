package dev.switchback.device.node;

import dev.switchback.Clock;
import java.util.function.Consumer;

/**
 * Logs what peers were refused: the first at once, then at most one line per period, with the
 * number of those that were passed over. So a peer that is refused all the time does not fill the
 * log. Any thread.
 */
final class RefusalLog {
  static final long PERIOD_NANOS = 5_000_000_000L;

  private final Clock clock;
  private final Consumer<String> log;
  private boolean hasLogged;
  private long loggedNanos;
  private long passedOver;
  private String last = "";

  RefusalLog(Clock clock, Consumer<String> log) {
    this.clock = clock;
    this.log = log;
  }

  synchronized void note(String refusal) {
    last = refusal;
    long nowNanos = clock.nanoTime();
    if (hasLogged && nowNanos - loggedNanos < PERIOD_NANOS) {
      passedOver++;
      return;
    }
    loggedNanos = nowNanos;
    hasLogged = true;
    write();
  }

  /** Logs those that were passed over last. */
  synchronized void close() {
    if (passedOver > 0) {
      passedOver--;
      write();
    }
  }

  private void write() {
    log.accept(passedOver == 0 ? last : last + "; " + passedOver + " more before it");
    passedOver = 0;
  }
}
