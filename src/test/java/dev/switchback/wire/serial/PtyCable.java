package dev.switchback.wire.serial;

import dev.switchback.device.board.linux.Libc;
import java.io.IOException;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/** Two pseudo-terminals in raw mode, connected by a thread. Closing hangs up both. */
public final class PtyCable implements AutoCloseable {
  // The same numbers on every 64-bit Linux that Java supports.
  private static final int F_SETFD = 2;
  private static final int FD_CLOEXEC = 1;
  private static final int F_SETFL = 4;
  private static final int O_NONBLOCK = 0x800;
  private static final int EAGAIN = 11;
  private static final short POLLIN = 1;
  private static final short POLLOUT = 4;

  private static final int NAME_BYTES = 256;
  private static final int TERMIOS_BYTES = 256;
  private static final int POLLFD_BYTES = 8;
  private static final int EVENTS_OFFSET = 4;
  private static final int RETURNED_OFFSET = 6;
  private static final int BUFFER_BYTES = 4096;

  private static final AddressLayout POINTER = ValueLayout.ADDRESS;
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
  private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT;

  private static final MethodHandle OPENPTY =
      Libc.function(
          "openpty", FunctionDescriptor.of(INT, POINTER, POINTER, POINTER, POINTER, POINTER));
  private static final MethodHandle TCGETATTR =
      Libc.function("tcgetattr", FunctionDescriptor.of(INT, INT, POINTER));
  private static final MethodHandle CFMAKERAW =
      Libc.function("cfmakeraw", FunctionDescriptor.ofVoid(POINTER));
  private static final MethodHandle TCSETATTR =
      Libc.function("tcsetattr", FunctionDescriptor.of(INT, INT, INT, POINTER));
  private static final MethodHandle FCNTL =
      Libc.function(
          "fcntl", FunctionDescriptor.of(INT, INT, INT, INT), Linker.Option.firstVariadicArg(2));
  private static final MethodHandle EVENTFD =
      Libc.function("eventfd", FunctionDescriptor.of(INT, INT, INT));
  private static final MethodHandle POLL =
      Libc.function("poll", FunctionDescriptor.of(INT, POINTER, LONG, INT));
  private static final MethodHandle READ =
      Libc.function("read", FunctionDescriptor.of(LONG, INT, POINTER, LONG));
  private static final MethodHandle WRITE =
      Libc.function("write", FunctionDescriptor.of(LONG, INT, POINTER, LONG));
  private static final MethodHandle CLOSE = Libc.function("close", FunctionDescriptor.of(INT, INT));

  /** The slave stays open, so that an unused end accepts bytes and is not hung up. */
  private record Pty(int master, int slave, Path path) {}

  private final Arena arena = Arena.ofShared();
  private final MemorySegment errno = Libc.errno(arena);
  private final Pty one;
  private final Pty other;
  private final int stop;
  private final Thread carrier;

  /** Creates both ends. */
  public PtyCable() throws IOException {
    try {
      one = open();
      other = open();
      stop = require("eventfd", (int) EVENTFD.invokeExact(errno, 0, 0));
    } catch (Throwable e) {
      throw unexpected(e);
    }
    carrier = Thread.ofPlatform().daemon().name("cable " + one.path).start(this::carry);
  }

  /** Returns the path of one end. */
  public Path one() {
    return one.path;
  }

  /** Returns the path of the other end. */
  public Path other() {
    return other.path;
  }

  private Pty open() throws Throwable {
    MemorySegment master = arena.allocate(INT);
    MemorySegment slave = arena.allocate(INT);
    MemorySegment name = arena.allocate(NAME_BYTES);
    MemorySegment none = MemorySegment.NULL;
    require("openpty", (int) OPENPTY.invokeExact(errno, master, slave, name, none, none));
    Pty pty = new Pty(master.get(INT, 0), slave.get(INT, 0), Path.of(name.getString(0)));
    MemorySegment termios = arena.allocate(TERMIOS_BYTES, Long.BYTES);
    require("tcgetattr", (int) TCGETATTR.invokeExact(errno, pty.slave, termios));
    CFMAKERAW.invokeExact(errno, termios);
    require("tcsetattr", (int) TCSETATTR.invokeExact(errno, pty.slave, 0, termios));
    fcntl(pty.master, F_SETFL, O_NONBLOCK);
    // A child that inherits a master would keep the line open.
    fcntl(pty.master, F_SETFD, FD_CLOEXEC);
    fcntl(pty.slave, F_SETFD, FD_CLOEXEC);
    return pty;
  }

  private void fcntl(int descriptor, int command, int value) throws Throwable {
    require("fcntl", (int) FCNTL.invokeExact(errno, descriptor, command, value));
  }

  private int require(String call, int result) throws IOException {
    if (result < 0) {
      throw new IOException(call + " failed (errno " + Libc.errorNumber(errno) + ")");
    }
    return result;
  }

  /** Bytes in transit from one master to the other. */
  private final class Direction {
    private final int from;
    private final int to;
    private final MemorySegment buffer = arena.allocate(BUFFER_BYTES);
    private long begin;
    private long end;

    Direction(int from, int to) {
      this.from = from;
      this.to = to;
    }

    boolean isEmpty() {
      return begin == end;
    }

    void read() throws Throwable {
      begin = 0;
      end = moved("read", (long) READ.invokeExact(errno, from, buffer, buffer.byteSize()));
    }

    void write() throws Throwable {
      MemorySegment rest = buffer.asSlice(begin, end - begin);
      begin += moved("write", (long) WRITE.invokeExact(errno, to, rest, rest.byteSize()));
    }
  }

  private long moved(String call, long count) throws IOException {
    if (count < 0 && Libc.errorNumber(errno) == EAGAIN) {
      return 0;
    }
    return require(call, (int) count);
  }

  /**
   * Reads from an end only as much as the opposite end has accepted, so that a full line stays
   * full.
   */
  private void carry() {
    Direction there = new Direction(one.master, other.master);
    Direction back = new Direction(other.master, one.master);
    MemorySegment polled = arena.allocate(3 * POLLFD_BYTES, Integer.BYTES);
    try {
      while (true) {
        want(polled, 0, one.master, wanted(there, back));
        want(polled, 1, other.master, wanted(back, there));
        want(polled, 2, stop, POLLIN);
        require("poll", (int) POLL.invokeExact(errno, polled, 3L, -1));
        if (returned(polled, 2) != 0) {
          return;
        }
        move(there, returned(polled, 0), returned(polled, 1));
        move(back, returned(polled, 1), returned(polled, 0));
      }
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static short wanted(Direction from, Direction to) {
    return (short) ((from.isEmpty() ? POLLIN : 0) | (to.isEmpty() ? 0 : POLLOUT));
  }

  private static void want(MemorySegment polled, int index, int descriptor, short events) {
    polled.set(INT, (long) index * POLLFD_BYTES, descriptor);
    polled.set(SHORT, (long) index * POLLFD_BYTES + EVENTS_OFFSET, events);
  }

  private static short returned(MemorySegment polled, int index) {
    return polled.get(SHORT, (long) index * POLLFD_BYTES + RETURNED_OFFSET);
  }

  private static void move(Direction direction, short from, short to) throws Throwable {
    if (direction.isEmpty() && (from & POLLIN) != 0) {
      direction.read();
    }
    if (!direction.isEmpty() && (to & POLLOUT) != 0) {
      direction.write();
    }
  }

  @Override
  public void close() throws IOException {
    try (arena) {
      MemorySegment event = arena.allocateFrom(LONG, 1);
      require("write", (int) (long) WRITE.invokeExact(errno, stop, event, event.byteSize()));
      carrier.join();
      for (int descriptor : new int[] {one.master, other.master, one.slave, other.slave, stop}) {
        require("close", (int) CLOSE.invokeExact(errno, descriptor));
      }
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private static IOException unexpected(Throwable e) {
    return e instanceof IOException known ? known : new IOException(e.toString(), e);
  }
}
