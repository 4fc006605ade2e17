package dev.switchback.device.cable;

import dev.switchback.Clock;
import dev.switchback.SystemClock;
import dev.switchback.device.node.Device;
import dev.switchback.device.node.DeviceThread;
import dev.switchback.wire.LinkException;
import dev.switchback.wire.SocketLink;
import java.util.function.Consumer;
import org.tinylog.Logger;

/**
 * A peer at the socket: one session, served on a thread of its own, which sleeps until bytes arrive
 * or time changes something. A guest that does not read what it is sent, or whose session fails, is
 * dropped.
 */
final class Guest {
  private static final int TICK_MILLIS = 100;
  private static final int NO_LIMIT = 0;

  /** After a full buffer, so that a guest that floods leaves the processor to others: 4 MB/s. */
  private static final long FLOOD_NANOS = 1_000_000;

  private final SocketLink link;
  private final Session session;
  private final Consumer<Guest> left;
  private final Clock clock = new SystemClock();
  private final DeviceThread thread = new DeviceThread("guest", this::run);

  /**
   * @param link closed when the guest leaves
   * @param left called on the thread of the guest, last
   */
  Guest(Device device, GuestTurns turns, SocketLink link, Consumer<Guest> left) {
    this.link = link;
    this.left = left;
    this.session = new Session(device, turns, link::write);
  }

  void start() {
    thread.start();
  }

  private void run() {
    byte[] buffer = new byte[4096];
    try (link) {
      session.begin(clock.nanoTime());
      while (true) {
        int count = link.read(buffer, session.isWaiting() ? TICK_MILLIS : NO_LIMIT);
        session.receive(buffer, 0, count, clock.nanoTime());
        if (count == buffer.length) {
          clock.await(FLOOD_NANOS);
        }
      }
    } catch (LinkException e) {
      // It has left, does not read, or this end has closed the line.
    } catch (RuntimeException e) {
      Logger.error(e, "the session of a guest failed; the guest is dropped");
    } finally {
      session.end();
      left.accept(this);
    }
  }

  /** Any thread. */
  void close() {
    link.close();
  }

  /** Waits for the end after {@link #close}. */
  void join() {
    thread.join();
  }
}
