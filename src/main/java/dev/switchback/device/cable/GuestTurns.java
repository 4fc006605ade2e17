package dev.switchback.device.cable;

import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What guests do only one at a time: change something, so that they never fill the queue of
 * maintenance, where the cable and the switches need room; and move a file, because the memory is
 * for one. Any thread.
 */
final class GuestTurns {
  /** How long a guest that moves a file may pause before another takes the turn. */
  static final long FILE_NANOS = 10_000_000_000L;

  static final String FILE_REFUSAL = "another guest is moving a file; try again";

  private final ReentrantLock change = new ReentrantLock(true);
  private @Nullable Session mover;

  /** Runs a command after those of other guests, in order of arrival. */
  void change(Runnable command) {
    change.lock();
    try {
      command.run();
    } finally {
      change.unlock();
    }
  }

  /**
   * Takes the turn to move a file, or keeps it.
   *
   * @return false if another session has it
   */
  synchronized boolean takeFile(Session session) {
    if (mover == null) {
      mover = session;
    }
    return mover == session;
  }

  /** Does nothing if another session has the turn. */
  synchronized void releaseFile(Session session) {
    if (mover == session) {
      mover = null;
    }
  }
}
