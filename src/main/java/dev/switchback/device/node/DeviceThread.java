package dev.switchback.device.node;

import java.time.Duration;
import org.tinylog.Logger;

/**
 * A thread of the device. An error that ends its duty cycle is logged, and {@link #isAlive} reports
 * it. Any thread.
 */
public final class DeviceThread {
  private static final Duration JOIN_LIMIT = Duration.ofSeconds(5);

  private final Thread thread;

  /**
   * Creates a thread; {@code start} starts it.
   *
   * @param cycle returns when it is told to, by its own means
   */
  public DeviceThread(String name, Runnable cycle) {
    this.thread =
        Thread.ofPlatform()
            .name(name)
            .uncaughtExceptionHandler(
                (_, error) -> Logger.error(error, "thread {} ended by an error", name))
            .unstarted(cycle);
  }

  public void start() {
    thread.start();
  }

  public boolean isAlive() {
    return thread.isAlive();
  }

  /** Waits for the end of a cycle that was stopped, with a timeout. */
  public void join() {
    if (thread.getState() == Thread.State.NEW) {
      return;
    }
    try {
      if (!thread.join(JOIN_LIMIT)) {
        Logger.error("thread {} did not end", thread.getName());
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
