package dev.switchback.tools.client;

import dev.switchback.sim.ManualClock;
import dev.switchback.wire.ByteLink;
import dev.switchback.wire.Demultiplexer;
import dev.switchback.wire.FrameEncoder;
import dev.switchback.wire.LinkException;
import dev.switchback.wire.Port;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A line to a server, in virtual time on one thread: bytes take as long as at the baud rate, a
 * write waits where a kernel's would, answers come after a turnaround. Whole frames go astray, come
 * twice or late as {@link Fault} has it.
 */
final class ServerLine implements ByteLink, Port {
  static final int BAUD = 115_200;
  private static final long BYTE_NANOS = 10 * 1_000_000_000L / BAUD;
  private static final int KERNEL_BYTES = 4096;
  private static final long TURNAROUND_NANOS = 2_000_000;

  /** Answers packets, or does not. */
  interface Server {
    byte @Nullable [] answer(byte[] packet, long nowNanos);
  }

  /** What happens to a frame. */
  interface Fault {
    Fault NONE = (isRequest, index) -> 0;

    /** Of a frame that does not arrive. */
    long LOST = -1;

    /** Of a frame that arrives twice. */
    long TWICE = -2;

    /**
     * Decides.
     *
     * @param index counts the frames of one direction
     * @return {@link #LOST}, {@link #TWICE} or nanoseconds of delay
     */
    long of(boolean isRequest, int index);
  }

  final ManualClock clock;
  private final Server server;
  private final FrameEncoder encoder = new FrameEncoder(FrameEncoder.MAX_PACKET_BYTES);
  private final Deque<Byte> incoming = new ArrayDeque<>();
  private Demultiplexer atServer = demultiplexer();
  Fault fault = Fault.NONE;
  int requests;
  int answers;
  int opened;
  long writtenBytes;

  /** The line goes when so many bytes are written. */
  long hangUpAtByte = Long.MAX_VALUE;

  /** There is no port any more after a hang-up. */
  boolean isGoneForGood;

  private long outgoingFreeNanos;
  private long incomingFreeNanos;
  private int connection;
  private boolean isOpen;

  ServerLine(ManualClock clock, Server server) {
    this.clock = clock;
    this.server = server;
  }

  @Override
  public ByteLink open() throws LinkException {
    if (isOpen) {
      throw new LinkException(LinkException.Kind.BUSY, "opened twice");
    }
    if (isGoneForGood && opened > 0) {
      throw new LinkException(LinkException.Kind.NO_PORT, this + ": there is no such port");
    }
    isOpen = true;
    opened++;
    connection++;
    incoming.clear();
    atServer = demultiplexer();
    outgoingFreeNanos = clock.nanoTime();
    incomingFreeNanos = clock.nanoTime();
    return this;
  }

  private Demultiplexer demultiplexer() {
    return new Demultiplexer(
        new Demultiplexer.Receiver() {
          @Override
          public void text(byte value) {}

          @Override
          public void packet(byte[] buffer, int length) {
            arrive(Arrays.copyOf(buffer, length));
          }
        });
  }

  @Override
  public int read(byte[] buffer) throws LinkException {
    requireOpen();
    if (incoming.isEmpty()) {
      clock.await(POLL_MILLIS * 1_000_000L);
    }
    requireOpen();
    int count = Math.min(buffer.length, incoming.size());
    for (int i = 0; i < count; i++) {
      buffer[i] = incoming.remove();
    }
    return count;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws LinkException {
    requireOpen();
    if (writtenBytes + length > hangUpAtByte) {
      hangUpAtByte = Long.MAX_VALUE;
      close();
      requireOpen();
    }
    writtenBytes += length;
    outgoingFreeNanos = Math.max(outgoingFreeNanos, clock.nanoTime()) + length * BYTE_NANOS;
    atServer.receive(bytes, offset, length, clock.nanoTime());
    long aheadNanos = outgoingFreeNanos - clock.nanoTime() - KERNEL_BYTES * BYTE_NANOS;
    if (aheadNanos > 0) {
      clock.advance(aheadNanos);
    }
  }

  private void requireOpen() throws LinkException {
    if (!isOpen) {
      throw new LinkException(LinkException.Kind.LOST, this + " is gone");
    }
  }

  private void arrive(byte[] packet) {
    long delay = fault.of(true, requests++);
    if (delay != Fault.LOST) {
      plan(outgoingFreeNanos + Math.max(0, delay), () -> serve(packet));
    }
    if (delay == Fault.TWICE) {
      plan(outgoingFreeNanos, () -> serve(packet));
    }
  }

  private void serve(byte[] packet) {
    byte[] answer = server.answer(packet, clock.nanoTime());
    if (answer == null) {
      return;
    }
    long delay = fault.of(false, answers++);
    byte[] frame = Arrays.copyOf(encoder.buffer(), encoder.encode(answer, answer.length));
    if (delay != Fault.LOST) {
      send(frame, Math.max(0, delay));
    }
    if (delay == Fault.TWICE) {
      send(frame, 0);
    }
  }

  /** Sends text as something else on the line would. */
  void say(String text) {
    send(text.getBytes(StandardCharsets.ISO_8859_1), 0);
  }

  private void send(byte[] bytes, long delayNanos) {
    incomingFreeNanos =
        Math.max(incomingFreeNanos, clock.nanoTime() + TURNAROUND_NANOS)
            + bytes.length * BYTE_NANOS;
    plan(incomingFreeNanos + delayNanos, () -> deliver(bytes));
  }

  private void deliver(byte[] bytes) {
    for (byte each : bytes) {
      incoming.add(each);
    }
    clock.wake();
  }

  /** What is under way goes astray with the line. */
  private void plan(long atNanos, Runnable action) {
    int planned = connection;
    clock.at(
        atNanos - clock.nanoTime(),
        () -> {
          if (planned == connection && isOpen) {
            action.run();
          }
        });
  }

  @Override
  public void close() {
    isOpen = false;
  }

  @Override
  public String toString() {
    return "/dev/ttyTEST";
  }
}
