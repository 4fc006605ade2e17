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

  private final WiredDevice wired;
  private final Device device;
  private final SystemdNotify systemd;
  private final ServiceWatch watch;
  private final Clock clock = new SystemClock();

  public ServiceRun(
      DeviceConfiguration configuration, Board board, Storage storage, SystemdNotify systemd) {
    this.wired = new WiredDevice(configuration, board, storage, new TrainingLog());
    this.device = wired.device();
    this.systemd = systemd;
    this.watch = new ServiceWatch(device, systemd);
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
        look();
        clock.await(watch.isReady() ? POLL_NANOS : START_POLL_NANOS);
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

  private void look() {
    boolean wasReady = watch.isReady();
    watch.look(clock.nanoTime());
    if (watch.isReady() && !wasReady) {
      wired.startCable();
    }
  }
}
