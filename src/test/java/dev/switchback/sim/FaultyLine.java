package dev.switchback.sim;

import dev.switchback.wire.ByteLink;
import dev.switchback.wire.LinkException;
import dev.switchback.wire.Port;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A simulated serial line between a program, which sees a port, and a device; in virtual time, on
 * one thread. Bytes arrive at the baud rate, a write blocks when the kernel's buffer would be full,
 * and {@link Faults} decides the fate of each byte. Stricter than a real line: opening it twice or
 * using a closed end fails the test.
 */
public final class FaultyLine implements Port {
  /** How long the port is missing after a hang-up. */
  public static final long GONE_NANOS = 1_000_000_000;

  private static final long TICK_NANOS = 100_000_000;
  private static final int KERNEL_BYTES = 4096;
  private static final int BITS_PER_BYTE = 10;

  /** Direction of a byte. */
  public enum Direction {
    TO_DEVICE,
    TO_PROGRAM
  }

  /** Fate of a byte. */
  public enum Fate {
    ARRIVES,
    DROPPED,
    /** Some bits are flipped. */
    FLIPPED,
    DOUBLED,
    /** Delayed, with all later bytes. */
    STALLED,
    /** Lost, and the line hangs up. */
    HANGS_UP
  }

  /**
   * Fate of a byte, with its parameter.
   *
   * @param detail the bits to flip, or the delay in nanoseconds
   */
  public record Fault(Fate fate, long detail) {
    public static final Fault NONE = new Fault(Fate.ARRIVES, 0);
  }

  /** Decides the fate of each byte. */
  public interface Faults {
    Faults NONE = (direction, index) -> Fault.NONE;

    /**
     * Called once per byte.
     *
     * @param index number of the byte in this direction, from 0; hang-ups do not reset it
     */
    Fault of(Direction direction, long index);
  }

  /** The device at the other end. */
  public interface Device {
    /** Called when the line comes up: at the start and after each hang-up. */
    void begin(long nowNanos);

    /** Receives bytes; also called without any, about every 100 ms. */
    void receive(byte[] bytes, long nowNanos) throws LinkException;
  }

  private final ManualClock clock;
  private final long byteNanos;
  private final int pieceBytes;
  private final Faults faults;
  private final Device device;
  private final Lane toDevice;
  private final Lane toProgram;
  private End end = new End();
  private int hangUps;
  private boolean isUp;

  /**
   * Creates a line and brings it up.
   *
   * @param pieceBytes the most bytes that arrive at once
   */
  public FaultyLine(ManualClock clock, int baud, int pieceBytes, Faults faults, Device device) {
    this.clock = clock;
    this.byteNanos = BITS_PER_BYTE * 1_000_000_000L / baud;
    this.pieceBytes = pieceBytes;
    this.faults = faults;
    this.device = device;
    toDevice = new Lane(Direction.TO_DEVICE);
    toProgram = new Lane(Direction.TO_PROGRAM);
    end.close();
    begin();
  }

  private void begin() {
    isUp = true;
    toDevice.isCut = false;
    toProgram.isCut = false;
    device.begin(clock.nanoTime());
    tick();
  }

  private void tick() {
    feed(new byte[0]);
    plan(clock.nanoTime() + TICK_NANOS, this::tick);
  }

  private void feed(byte[] bytes) {
    try {
      device.receive(bytes, clock.nanoTime());
    } catch (LinkException e) {
      if (isUp) {
        throw new AssertionError("the device lost a line that is up", e);
      }
    }
  }

  /** Schedules an action, which is dropped if the line hangs up first. */
  private void plan(long atNanos, Runnable action) {
    int before = hangUps;
    clock.at(
        Math.max(0, atNanos - clock.nanoTime()),
        () -> {
          if (before == hangUps) {
            action.run();
          }
        });
  }

  private void hangUp() {
    isUp = false;
    hangUps++;
    clock.wake();
    plan(clock.nanoTime() + GONE_NANOS, this::begin);
  }

  /** Sends bytes from the device. */
  public void send(byte[] bytes, int offset, int length) throws LinkException {
    if (!isUp) {
      throw new LinkException(LinkException.Kind.LOST, this + " is gone");
    }
    toProgram.carry(bytes, offset, length);
  }

  /** Returns the number of bytes sent in this direction so far. */
  public long count(Direction direction) {
    return (direction == Direction.TO_DEVICE ? toDevice : toProgram).count;
  }

  /** Advances time until all bytes have arrived and the line is up. */
  public void drain() {
    long last = Math.max(toDevice.freeNanos, toProgram.freeNanos);
    clock.advance(Math.max(0, last - clock.nanoTime()) + GONE_NANOS);
  }

  /** Returns the number of hang-ups. */
  public int hangUps() {
    return hangUps;
  }

  @Override
  public ByteLink open() throws LinkException {
    if (!end.isClosed) {
      throw new AssertionError("opened twice");
    }
    if (!isUp) {
      throw new LinkException(LinkException.Kind.NO_PORT, this + ": there is no such port");
    }
    end = new End();
    return end;
  }

  @Override
  public String toString() {
    return "/dev/ttyFAULTY";
  }

  /** One direction. */
  private final class Lane {
    private final Direction direction;
    private final ByteArrayOutputStream piece = new ByteArrayOutputStream();
    private long freeNanos = clock.nanoTime();
    private long count;
    private boolean isCut;

    Lane(Direction direction) {
      this.direction = direction;
    }

    void carry(byte[] bytes, int offset, int length) {
      freeNanos = Math.max(freeNanos, clock.nanoTime());
      for (int i = offset; i < offset + length && !isCut; i++) {
        freeNanos += byteNanos;
        carry(bytes[i], faults.of(direction, count++));
      }
      deliver();
    }

    private void carry(byte value, Fault fault) {
      switch (fault.fate()) {
        case ARRIVES -> add(value);
        case DROPPED -> {}
        case FLIPPED -> add((byte) (value ^ fault.detail()));
        case DOUBLED -> {
          add(value);
          freeNanos += byteNanos;
          add(value);
        }
        case STALLED -> {
          deliver();
          freeNanos += fault.detail();
          add(value);
        }
        case HANGS_UP -> {
          deliver();
          isCut = true;
          plan(freeNanos, FaultyLine.this::hangUp);
        }
      }
    }

    private void add(byte value) {
      piece.write(value);
      if (piece.size() == pieceBytes) {
        deliver();
      }
    }

    private void deliver() {
      byte[] bytes = piece.toByteArray();
      piece.reset();
      End receiver = end;
      if (bytes.length > 0 && direction == Direction.TO_DEVICE) {
        plan(freeNanos, () -> feed(bytes));
      } else if (bytes.length > 0) {
        plan(freeNanos, () -> receiver.arrive(bytes));
      }
    }
  }

  /** The program's end of the line, until the next hang-up. */
  private final class End implements ByteLink {
    private final Deque<Byte> incoming = new ArrayDeque<>();
    private final int openedAfter = hangUps;
    private boolean isClosed;

    private void arrive(byte[] bytes) {
      for (byte each : bytes) {
        incoming.add(each);
      }
      clock.wake();
    }

    @Override
    public int read(byte[] buffer) throws LinkException {
      requireThere();
      if (incoming.isEmpty()) {
        clock.await(POLL_MILLIS * 1_000_000L);
      }
      if (incoming.isEmpty()) {
        requireThere();
      }
      int count = Math.min(buffer.length, incoming.size());
      for (int i = 0; i < count; i++) {
        buffer[i] = incoming.remove();
      }
      return count;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws LinkException {
      requireThere();
      toDevice.carry(bytes, offset, length);
      long waitNanos = toDevice.freeNanos - clock.nanoTime() - KERNEL_BYTES * byteNanos;
      if (waitNanos > 0) {
        clock.advance(waitNanos);
      }
    }

    private void requireThere() throws LinkException {
      if (isClosed) {
        throw new AssertionError("used after it was closed");
      }
      if (openedAfter != hangUps) {
        throw new LinkException(LinkException.Kind.LOST, FaultyLine.this + " is gone");
      }
    }

    @Override
    public void close() {
      isClosed = true;
    }
  }
}
