package dev.switchback.device.node;

import java.time.Duration;
import org.tinylog.Logger;

/**
 * A thread of the device. Its duty cycle handles what it can; an error that ends it stands in the
 * log, and {@link #isAlive} tells. Any thread.
 */
public final class DeviceThread {
  private static final Duration JOIN_LIMIT = Duration.ofSeconds(5);

  private final Thread thread;

  /**
   * A thread that does not run yet.
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

  /** Waits until the cycle that was told to end has, though not forever. */
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
