package dev.switchback.device.board.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * The system calls on GPIO devices. They return what the kernel returns: less than 0 for a failure.
 * Those without a segment for the error number allocate nothing. Any thread.
 */
final class SystemCalls {
  static final int EPERM = 1;
  static final int ENOENT = 2;
  static final int ENXIO = 6;
  static final int EACCES = 13;
  static final int EBUSY = 16;
  static final int ENODEV = 19;

  static final short POLLIN = 1;

  private static final int O_CLOEXEC = 0x80000;
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

  /** {@code open} and {@code ioctl} take any arguments after the second. */
  private static final Linker.Option VARIADIC = Linker.Option.firstVariadicArg(2);

  private static final MethodHandle OPEN =
      Libc.function("open", FunctionDescriptor.of(INT, ValueLayout.ADDRESS, INT), VARIADIC);
  private static final MethodHandle IOCTL =
      Libc.function("ioctl", FunctionDescriptor.of(INT, INT, LONG, LONG), VARIADIC);
  private static final MethodHandle PLAIN_IOCTL =
      Libc.plain("ioctl", FunctionDescriptor.of(INT, INT, LONG, LONG), VARIADIC);
  private static final MethodHandle CLOSE = Libc.plain("close", FunctionDescriptor.of(INT, INT));

  /** What only a thread that watches edges needs. */
  private static final class Watching {
    private static final MethodHandle PIPE =
        Libc.plain("pipe2", FunctionDescriptor.of(INT, LONG, INT));
    private static final MethodHandle POLL =
        Libc.plain("poll", FunctionDescriptor.of(INT, LONG, LONG, INT));
    private static final MethodHandle READ =
        Libc.plain("read", FunctionDescriptor.of(LONG, INT, LONG, LONG));
  }

  private SystemCalls() {}

  static int open(MemorySegment errno, String path) {
    try (Arena arena = Arena.ofConfined()) {
      return (int) OPEN.invokeExact(errno, arena.allocateFrom(path), O_CLOEXEC);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  static int ioctl(MemorySegment errno, int descriptor, long request, long address) {
    try {
      return (int) IOCTL.invokeExact(errno, descriptor, request, address);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  static int ioctl(int descriptor, long request, long address) {
    try {
      return (int) PLAIN_IOCTL.invokeExact(descriptor, request, address);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  static int close(int descriptor) {
    try {
      return (int) CLOSE.invokeExact(descriptor);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /** Writes the descriptors of both ends to {@code address}: that for reading, then the other. */
  static int pipe(long address) {
    try {
      return (int) Watching.PIPE.invokeExact(address, O_CLOEXEC);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /** Waits without a limit. */
  static int poll(long address, int count) {
    try {
      return (int) Watching.POLL.invokeExact(address, (long) count, -1);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  static long read(int descriptor, long address, long bytes) {
    try {
      return (long) Watching.READ.invokeExact(descriptor, address, bytes);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /** A call of C throws nothing, so this is an error of the JVM. */
  private static Error impossible(Throwable e) {
    return e instanceof Error error ? error : new AssertionError(e);
  }
}
