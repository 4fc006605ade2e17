package dev.switchback.device.service;

import dev.switchback.Clock;
import dev.switchback.ExitCode;
import dev.switchback.SystemClock;
import dev.switchback.core.TrainingSession;
import dev.switchback.device.board.Board;
import dev.switchback.device.config.DeviceConfiguration;
import dev.switchback.device.node.Device;
import dev.switchback.device.node.TrainingListener;
import dev.switchback.device.store.Storage;
import org.tinylog.Logger;

/**
 * The device as a service: nobody looks on, systemd starts it, watches it and starts it again.
 *
 * <ol>
 *   <li>It is ready when the LED answers; without weights, when the control loop runs.
 *   <li>The watchdog is fed only if the control loop came round since the last time: a loop that
 *       hangs has the process killed.
 *   <li>If a thread of the device ends by an error, so does the process, for the same purpose.
 * </ol>
 */
public final class ServiceRun {
  /** Until ready, so that nothing waits for us. */
  private static final long START_POLL_NANOS = 1_000_000;

  private static final long POLL_NANOS = 100_000_000;
  private static final long STATUS_PERIOD_NANOS = 1_000_000_000;
  private static final int FEEDS_PER_PERIOD = 3;

  private final WiredDevice wired;
  private final Device device;
  private final SystemdNotify systemd;
  private final FaultLog faults;
  private final Clock clock = new SystemClock();

  // This thread's own.
  private boolean isReady;
  private long fedNanos;
  private long fedTicks;
  private boolean hung;
  private long toldNanos;
  private String told = "";

  public ServiceRun(
      DeviceConfiguration configuration, Board board, Storage storage, SystemdNotify systemd) {
    this.wired = new WiredDevice(configuration, board, storage, new TrainingLog());
    this.device = wired.device();
    this.faults = new FaultLog(device);
    this.systemd = systemd;
  }

  /** Of a training only what the device does not log itself. */
  private static final class TrainingLog implements TrainingListener {
    @Override
    public void began(TrainingSession training) {
      Logger.info("training begins");
    }

    @Override
    public void ended(TrainingSession training) {
      if (training.isSolved()) {
        Logger.info("training {}", training.summary());
      }
    }
  }

  /** Serves until a signal ends the process, or an error does. */
  public int run() {
    Runtime.getRuntime().addShutdownHook(new Thread(systemd::stopping, "stopping"));
    wired.startDevice();
    try (wired) {
      while (device.isRunning() && device.isIntact()) {
        look(clock.nanoTime());
        clock.await(isReady ? POLL_NANOS : START_POLL_NANOS);
      }
      return end();
    }
  }

  private int end() {
    if (!device.isRunning()) {
      return ExitCode.OK;
    }
    Logger.error("the device broke down: {}", device.outage());
    return ExitCode.INTERNAL;
  }

  private void look(long nowNanos) {
    faults.look(nowNanos);
    if (!isReady && device.isReady()) {
      isReady = true;
      fedNanos = nowNanos;
      toldNanos = nowNanos - STATUS_PERIOD_NANOS;
      systemd.ready(nowNanos);
      wired.startCable();
    }
    if (isReady) {
      feed(nowNanos);
      tell(nowNanos);
    }
  }

  private void feed(long nowNanos) {
    long periodNanos = systemd.periodNanos() / FEEDS_PER_PERIOD;
    if (periodNanos == 0 || nowNanos - fedNanos < periodNanos) {
      return;
    }
    long ticks = device.ticks();
    boolean hangs = ticks == fedTicks;
    if (!hangs) {
      systemd.feed();
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
      systemd.tell(status);
    }
  }
}
