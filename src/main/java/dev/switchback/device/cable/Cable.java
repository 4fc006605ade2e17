package dev.switchback.device.cable;

import dev.switchback.Clock;
import dev.switchback.SystemClock;
import dev.switchback.device.node.CableStatus;
import dev.switchback.device.node.Device;
import dev.switchback.device.node.DeviceThread;
import dev.switchback.wire.ByteLink;
import dev.switchback.wire.LinkException;
import dev.switchback.wire.Port;
import dev.switchback.wire.serial.ControlLines;
import dev.switchback.wire.serial.SerialPort;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * Keeps the port open and serves its line on a separate thread, which sleeps until bytes arrive. If
 * the port fails, it is reopened every second; the switches are not affected. A second thread tells
 * the session that time passes, and sleeps as long as that changes nothing.
 */
public final class Cable implements AutoCloseable {
  private static final long RETRY_NANOS = 1_000_000_000;
  private static final int READ_MILLIS = 10_000;
  private static final long TICK_NANOS = 100_000_000;
  private static final long IDLE_NANOS = 3_600_000_000_000L;

  private final Port port;
  private final int baud;
  private final Session session;
  private final Clock clock = new SystemClock();
  private final Clock tickClock = new SystemClock();

  /** Held by the thread that uses the session. */
  private final ReentrantLock turn = new ReentrantLock();

  private final AtomicLong opened = new AtomicLong();
  private final AtomicLong bytesIn = new AtomicLong();
  private final AtomicLong bytesOut = new AtomicLong();
  private final DeviceThread thread = new DeviceThread("cable", this::run);
  private final DeviceThread tickThread = new DeviceThread("cable time", this::passTime);

  private volatile @Nullable ByteLink link;
  private volatile String state = "not opened yet";
  private volatile boolean closing;

  /** Whether time has to be told to the session. Written by the thread that has the turn. */
  private volatile boolean isWaiting;

  /**
   * Adds the state of the cable to the status of the device.
   *
   * @param baud shown in the status; the port has its own setting
   */
  public Cable(Device device, Port port, int baud) {
    this.port = port;
    this.baud = baud;
    this.session = new Session(device, this::send);
    device.reportCable(this::status);
  }

  /** The port of a cable: its reader wakes only for bytes. */
  public static Port port(String path, int baud) {
    return new SerialPort(path, baud, ControlLines.LEFT_ALONE, READ_MILLIS);
  }

  public void start() {
    thread.start();
    tickThread.start();
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
    begin();
    setState("open");
    try {
      while (!closing) {
        int count = open.read(buffer);
        bytesIn.addAndGet(count);
        receive(buffer, count);
      }
    } finally {
      endWaiting();
    }
  }

  private void begin() {
    turn.lock();
    try {
      session.begin(clock.nanoTime());
    } finally {
      turn.unlock();
    }
  }

  private void receive(byte[] buffer, int count) throws LinkException {
    turn.lock();
    try {
      session.receive(buffer, 0, count, clock.nanoTime());
      boolean waited = isWaiting;
      isWaiting = session.isWaiting();
      if (isWaiting && !waited) {
        tickClock.wake();
      }
    } finally {
      turn.unlock();
    }
  }

  /** Also waits until the other thread has left the session of a line that is lost. */
  private void endWaiting() {
    turn.lock();
    try {
      isWaiting = false;
    } finally {
      turn.unlock();
    }
  }

  private void passTime() {
    byte[] none = {};
    while (!closing) {
      tickClock.await(isWaiting ? TICK_NANOS : IDLE_NANOS);
      // Where the other thread has the turn, the session knows what time it is.
      if (turn.tryLock()) {
        try {
          if (isWaiting) {
            receive(none, 0);
          }
        } catch (LinkException e) {
          lose(); // The reader says why.
        } catch (RuntimeException e) {
          Logger.error(e, "the cable failed; reopening it");
          lose();
        } finally {
          turn.unlock();
        }
      }
    }
  }

  private void lose() {
    isWaiting = false;
    closeLink();
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
    tickClock.wake();
    closeLink();
    thread.join();
    tickThread.join();
  }

  private void closeLink() {
    ByteLink open = link;
    if (open != null) {
      open.close();
    }
  }
}
