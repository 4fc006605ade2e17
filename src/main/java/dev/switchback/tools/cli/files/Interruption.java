package dev.switchback.tools.cli.files;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets work end cleanly when Ctrl-C or a termination signal asks the process to: the signal is
 * noticed, and the process lives on until {@link #close()}, though no longer than people wait. It
 * then exits as the signal would have it, with 130 or 143.
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

  /** Whether the work should end now. Any thread. */
  boolean isRequested() {
    return requested;
  }

  /** Lets the process go: what was to be written and printed is. */
  @Override
  public void close() {
    closed.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      requested = true; // A signal came; its hook ends by itself.
    }
  }
}
