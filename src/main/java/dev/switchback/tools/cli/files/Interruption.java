package dev.switchback.tools.cli.files;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets work end cleanly on Ctrl-C or SIGTERM. The signal sets a flag, and the process stays alive
 * until {@link #close()}, up to a time limit. It then exits with the code of the signal, 130 or
 * 143.
 */
final class Interruption implements AutoCloseable {
  private static final long LIMIT_SECONDS = 10;

  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook = new Thread(this::hold, "interruption");
  private volatile boolean requested;

  Interruption() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void hold() {
    requested = true;
    try {
      closed.await(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns whether the work should end now. Any thread. */
  boolean isRequested() {
    return requested;
  }

  /** Lets the process exit; all output must be written. */
  @Override
  public void close() {
    closed.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      requested = true; // A signal arrived; its hook returns on its own.
    }
  }
}
