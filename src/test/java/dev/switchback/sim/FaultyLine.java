package dev.switchback.sim;

import dev.switchback.wire.ByteLink;
import dev.switchback.wire.LinkException;
import dev.switchback.wire.Port;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A serial line from a program, to which it is a port, to a device; in virtual time, on one thread.
 * Bytes take as long as at the baud rate, a write waits where a kernel's would, and each byte fares
 * as {@link Faults} has it. Stricter than a real line: who opens it twice, or uses an end that it
 * has closed, fails the test.
 */
public final class FaultyLine implements Port {
  /** How long there is no port after a hang-up. */
  public static final long GONE_NANOS = 1_000_000_000;

  private static final long TICK_NANOS = 100_000_000;
  private static final int KERNEL_BYTES = 4096;
  private static final int BITS_PER_BYTE = 10;

  /** Whereto a byte goes. */
  public enum Direction {
    TO_DEVICE,
    TO_PROGRAM
  }

  /** What becomes of a byte. */
  public enum Fate {
    ARRIVES,
    DROPPED,
    /** With other bits. */
    FLIPPED,
    DOUBLED,
    /** Late, and all behind it. */
    STALLED,
    /** Instead the line goes. */
    HANGS_UP
  }

  /**
   * What becomes of a byte.
   *
   * @param detail the bits that are flipped, or the nanoseconds that it is late
   */
  public record Fault(Fate fate, long detail) {
    public static final Fault NONE = new Fault(Fate.ARRIVES, 0);
  }

  /** Decides about each byte. */
  public interface Faults {
    Faults NONE = (direction, index) -> Fault.NONE;

    /**
     * Asked once for each byte.
     *
     * @param index counts the bytes of this direction, from 0, hang-ups or not
     */
    Fault of(Direction direction, long index);
  }

  /** What is at the other end. */
  public interface Device {
    /** The line is there: at first, and after each hang-up. */
    void begin(long nowNanos);

    /** Bytes have come; or none, about every 100 ms. */
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
   * A line that is there from now on.
   *
   * @param pieceBytes as many bytes at most arrive at once
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
        throw new AssertionError("a device that loses a line that is there", e);
      }
    }
  }

  /** What is planned goes astray when the line hangs up before. */
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

  /** Bytes that went this way so far. */
  public long count(Direction direction) {
    return (direction == Direction.TO_DEVICE ? toDevice : toProgram).count;
  }

  /** Lets time pass until nothing is under way, and a line that has gone is back. */
  public void settle() {
    long last = Math.max(toDevice.freeNanos, toProgram.freeNanos);
    clock.advance(Math.max(0, last - clock.nanoTime()) + GONE_NANOS);
  }

  /** How often the line has gone. */
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

  /** The line as one program has opened it. */
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
