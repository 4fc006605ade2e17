package dev.switchback.tools.client;

import dev.switchback.wire.ByteLink;
import dev.switchback.wire.LinkException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A line whose writes end: where the other end takes no bytes a write waits for ever, and only
 * closing the line frees it. One thread; {@link #close} may come from any.
 */
final class GuardedLink implements ByteLink {
  private final ByteLink link;
  private final long limitNanos;
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(
          1,
          Thread.ofPlatform().daemon().name("write-guard").factory(),
          new ThreadPoolExecutor.DiscardPolicy());
  private volatile boolean isStuck;

  /** A write that takes longer closes the line. */
  GuardedLink(ByteLink link, long limitNanos) {
    this.link = link;
    this.limitNanos = limitNanos;
    timer.setRemoveOnCancelPolicy(true);
  }

  @Override
  public int read(byte[] buffer) throws LinkException {
    return link.read(buffer);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws LinkException {
    Future<?> end = timer.schedule(this::giveUp, limitNanos, TimeUnit.NANOSECONDS);
    try {
      link.write(bytes, offset, length);
    } finally {
      end.cancel(false);
    }
  }

  private void giveUp() {
    isStuck = true;
    link.close();
  }

  /** Whether a write had to be ended. */
  boolean isStuck() {
    return isStuck;
  }

  @Override
  public void close() {
    link.close();
    timer.shutdownNow();
  }
}
