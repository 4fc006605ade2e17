package dev.switchback.device.service;

import dev.switchback.Clock;
import dev.switchback.ExitCode;
import dev.switchback.Refusal;
import dev.switchback.SystemClock;
import dev.switchback.core.TrainingSession;
import dev.switchback.device.board.Board;
import dev.switchback.device.config.DeviceConfiguration;
import dev.switchback.device.node.Device;
import dev.switchback.device.node.FirstWeights;
import dev.switchback.device.node.TrainingListener;
import dev.switchback.device.store.Storage;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * Runs the device as a service that systemd starts, watches and restarts.
 *
 * <ol>
 *   <li>It is ready when the LED answers or, without weights, when the control loop runs.
 *   <li>The watchdog is fed only if the control loop has ticked since the last time, so systemd
 *       kills a process whose loop hangs.
 *   <li>If a thread of the device ends by an error, the process exits, to be restarted.
 * </ol>
 */
public final class ServiceRun {
  private final WiredDevice wired;
  private final Device device;
  private final SystemdNotify systemd;
  private final ServiceWatch watch;
  private final Clock clock = new SystemClock();

  /**
   * @param line path of the device's socket; null for none
   */
  public ServiceRun(
      DeviceConfiguration configuration,
      Board board,
      Storage storage,
      @Nullable Path line,
      SystemdNotify systemd) {
    this.wired =
        new WiredDevice(
            configuration, board, storage, line, FirstWeights.FACTORY, new TrainingLog());
    this.device = wired.device();
    this.systemd = systemd;
    this.watch = new ServiceWatch(device, systemd);
  }

  /** Logs the training events that the device does not log itself. */
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

  /**
   * Runs until a signal or an error ends the device.
   *
   * @throws Refusal if another process serves its socket
   */
  public int run() throws Refusal {
    Runtime.getRuntime().addShutdownHook(new Thread(systemd::stopping, "stopping"));
    device.onDecision(clock::wake);
    wired.startDevice();
    try (wired) {
      while (device.isRunning() && device.isIntact()) {
        poll();
        clock.await(watch.nextNanos());
      }
      return end();
    }
  }

  private int end() {
    if (!device.isRunning()) {
      return ExitCode.OK.code();
    }
    Logger.error("the device failed: {}", device.outage());
    return ExitCode.INTERNAL.code();
  }

  private void poll() throws Refusal {
    boolean wasReady = watch.isReady();
    watch.update(clock.nanoTime());
    if (watch.isReady() && !wasReady) {
      wired.startLines();
    }
  }
}
