package dev.switchback.device.board.linux;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
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
  private static final long UNUSED = 0;
  private static final long NO_LIMIT = -1;

  /**
   * One for all calls, because Java takes long to link the first function of each. A function of C
   * ignores arguments that it has not, and the upper half of a register that holds an {@code int}.
   */
  private static final FunctionDescriptor SHAPE =
      FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);

  /** {@code open} and {@code ioctl} have two named arguments; the others do not mind. */
  private static final Linker.Option VARIADIC = Linker.Option.firstVariadicArg(2);

  private static final MethodHandle OPEN = Libc.function("open", SHAPE, VARIADIC);
  private static final MethodHandle IOCTL = Libc.function("ioctl", SHAPE, VARIADIC);
  private static final MethodHandle PLAIN_IOCTL = Libc.plain("ioctl", SHAPE, VARIADIC);
  private static final MethodHandle CLOSE = Libc.plain("close", SHAPE, VARIADIC);
  private static final MethodHandle PIPE = Libc.plain("pipe2", SHAPE, VARIADIC);
  private static final MethodHandle POLL = Libc.plain("poll", SHAPE, VARIADIC);
  private static final MethodHandle READ = Libc.plain("read", SHAPE, VARIADIC);

  private SystemCalls() {}

  static int open(MemorySegment errno, String path) {
    try (Arena arena = Arena.ofConfined()) {
      long address = arena.allocateFrom(path).address();
      return (int) (long) OPEN.invokeExact(errno, address, (long) O_CLOEXEC, UNUSED);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  static int ioctl(MemorySegment errno, int descriptor, long request, long address) {
    try {
      return (int) (long) IOCTL.invokeExact(errno, (long) descriptor, request, address);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  static int ioctl(int descriptor, long request, long address) {
    try {
      return (int) (long) PLAIN_IOCTL.invokeExact((long) descriptor, request, address);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  static void close(int descriptor) {
    try {
      long ignored = (long) CLOSE.invokeExact((long) descriptor, UNUSED, UNUSED);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /** Writes the descriptors of both ends to {@code address}: that for reading, then the other. */
  static int pipe(long address) {
    try {
      return (int) (long) PIPE.invokeExact(address, (long) O_CLOEXEC, UNUSED);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /** Waits without a limit. */
  static int poll(long address, int count) {
    try {
      return (int) (long) POLL.invokeExact(address, (long) count, NO_LIMIT);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  static long read(int descriptor, long address, long bytes) {
    try {
      return (long) READ.invokeExact((long) descriptor, address, bytes);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /** A call of C throws nothing, so this is an error of the JVM. */
  private static Error impossible(Throwable e) {
    return e instanceof Error error ? error : new AssertionError(e);
  }
}
