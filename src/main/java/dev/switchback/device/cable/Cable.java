package dev.switchback.device.cable;

import dev.switchback.Clock;
import dev.switchback.SystemClock;
import dev.switchback.device.node.CableStatus;
import dev.switchback.device.node.Device;
import dev.switchback.device.node.DeviceThread;
import dev.switchback.wire.ByteLink;
import dev.switchback.wire.LinkException;
import dev.switchback.wire.Port;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * Keeps the port open and serves its line on a separate thread. If the port fails, it is reopened
 * every second; the switches are not affected.
 */
public final class Cable implements AutoCloseable {
  private static final long RETRY_NANOS = 1_000_000_000;

  private final Port port;
  private final int baud;
  private final Session session;
  private final Clock clock = new SystemClock();
  private final AtomicLong opened = new AtomicLong();
  private final AtomicLong bytesIn = new AtomicLong();
  private final AtomicLong bytesOut = new AtomicLong();
  private final DeviceThread thread = new DeviceThread("cable", this::run);

  private volatile @Nullable ByteLink link;
  private volatile String state = "not opened yet";
  private volatile boolean closing;

  /**
   * Adds the state of the cable to the status of the device.
   *
   * @param baud shown in the status; the port has its own setting
   */
  public Cable(Device device, Port port, int baud) {
    this.port = port;
    this.baud = baud;
    this.session = new Session(device, this::send);
    device.report(this::status);
  }

  public void start() {
    thread.start();
  }

  private void run() {
    byte[] buffer = new byte[4096];
    while (!closing) {
      try (ByteLink open = port.open()) {
        link = open;
        serve(open, buffer);
      } catch (LinkException e) {
        setState(String.valueOf(e.getMessage()));
      } catch (RuntimeException e) {
        Logger.error(e, "the cable failed; reopening it");
        setState(e.toString());
      } finally {
        link = null;
      }
      if (!closing) {
        clock.await(RETRY_NANOS);
      }
    }
  }

  private void serve(ByteLink open, byte[] buffer) throws LinkException {
    opened.incrementAndGet();
    session.begin(clock.nanoTime());
    setState("open");
    while (!closing) {
      int count = open.read(buffer);
      bytesIn.addAndGet(count);
      session.receive(buffer, 0, count, clock.nanoTime());
    }
  }

  /** Sets the state, and logs it if it changed. */
  private void setState(String now) {
    if (!now.equals(state) && !closing) {
      Logger.info("cable {}: {}", port, now);
    }
    state = now;
  }

  private void send(byte[] bytes, int offset, int length) throws LinkException {
    ByteLink open = link;
    if (open != null) {
      open.write(bytes, offset, length);
      bytesOut.addAndGet(length);
    }
  }

  /** Any thread. */
  public CableStatus status() {
    return new CableStatus(
        port.toString(),
        baud,
        state,
        opened.get(),
        bytesIn.get(),
        bytesOut.get(),
        session.counters().frames(),
        session.counters().dropped());
  }

  /** Stops the thread and closes the port. */
  @Override
  public void close() {
    closing = true;
    clock.wake();
    ByteLink open = link;
    if (open != null) {
      open.close();
    }
    thread.join();
  }
}
