package dev.switchback.device.board.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/**
 * Reads information about a GPIO chip and its lines by the {@code ioctl}s of {@code linux/gpio.h},
 * without requesting a line. One thread.
 */
final class GpioCharacterDevice implements AutoCloseable {
  private static final int O_CLOEXEC = 0x80000;
  private static final int EPERM = 1;
  private static final int ENOENT = 2;
  private static final int EACCES = 13;
  private static final int EINVAL = 22;

  /** {@code GPIO_GET_CHIPINFO_IOCTL}: name, label, number of lines. */
  private static final long CHIP_INFO = 0x8044B401L;

  private static final int LABEL_OFFSET = 32;
  private static final int LINES_OFFSET = 64;

  /** {@code GPIO_GET_LINEINFO_IOCTL}, of version 1: line, flags, name, consumer. */
  private static final long LINE_INFO_1 = 0xC048B402L;

  private static final int LINE_INFO_1_BYTES = 72;

  /** {@code GPIO_V2_GET_LINEINFO_IOCTL}: name, consumer, line, number of attributes, flags, ... */
  private static final long LINE_INFO_2 = 0xC100B405L;

  private static final int LINE_INFO_2_BYTES = 256;
  private static final int CONSUMER_OFFSET = 32;
  private static final int NAME_BYTES = 32;
  private static final int LINE_OFFSET = 64;
  private static final int FLAGS_OFFSET = 72;
  private static final long FLAG_USED = 1;

  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
  private static final MethodHandle OPEN =
      Libc.function(
          "open",
          FunctionDescriptor.of(INT, ValueLayout.ADDRESS, INT),
          Linker.Option.firstVariadicArg(2));
  private static final MethodHandle IOCTL =
      Libc.function(
          "ioctl",
          FunctionDescriptor.of(INT, INT, LONG, ValueLayout.ADDRESS),
          Linker.Option.firstVariadicArg(2));
  private static final MethodHandle CLOSE = Libc.function("close", FunctionDescriptor.of(INT, INT));

  private final Arena arena = Arena.ofConfined();
  private final MemorySegment errno = Libc.errno(arena);
  private final MemorySegment info = arena.allocate(LINE_INFO_2_BYTES, Long.BYTES);
  private final String path;
  private final int descriptor;

  /**
   * Opens a chip.
   *
   * @throws AccessDeniedException if this user has no permission
   * @throws NoSuchFileException if it does not exist
   */
  GpioCharacterDevice(String path) throws IOException {
    this.path = path;
    this.descriptor = open();
    if (descriptor < 0) {
      IOException failure = failure();
      arena.close();
      throw failure;
    }
  }

  private int open() throws IOException {
    try {
      return (int) OPEN.invokeExact(errno, arena.allocateFrom(path), O_CLOEXEC);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  GpioChip chip() throws IOException {
    info.fill((byte) 0);
    if (!ioctl(CHIP_INFO)) {
      throw failure();
    }
    return new GpioChip(
        info.asSlice(0, NAME_BYTES).getString(0),
        info.asSlice(LABEL_OFFSET, NAME_BYTES).getString(0),
        info.get(INT, LINES_OFFSET));
  }

  /** Whether the kernel has version 1 of the interface, which Pi4J's native library needs. */
  boolean hasVersion1() throws IOException {
    info.asSlice(0, LINE_INFO_1_BYTES).fill((byte) 0);
    if (ioctl(LINE_INFO_1)) {
      return true;
    }
    if (errorNumber() == EINVAL) {
      return false;
    }
    throw failure();
  }

  /**
   * Returns the consumer that holds a line, {@code kernel} if it has no name; empty if the line is
   * free.
   */
  String consumer(int line) throws IOException {
    info.fill((byte) 0);
    info.set(INT, LINE_OFFSET, line);
    if (!ioctl(LINE_INFO_2)) {
      throw failure();
    }
    if ((info.get(LONG, FLAGS_OFFSET) & FLAG_USED) == 0) {
      return "";
    }
    String name = info.asSlice(CONSUMER_OFFSET, NAME_BYTES).getString(0);
    return name.isEmpty() ? "kernel" : name;
  }

  private boolean ioctl(long request) throws IOException {
    try {
      return (int) IOCTL.invokeExact(errno, descriptor, request, info) == 0;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private int errorNumber() {
    return Libc.errorNumber(errno);
  }

  private IOException failure() {
    return switch (errorNumber()) {
      case EPERM, EACCES -> new AccessDeniedException(path);
      case ENOENT -> new NoSuchFileException(path);
      default -> new IOException(path + " is not a GPIO chip (errno " + errorNumber() + ")");
    };
  }

  private static IOException unexpected(Throwable e) {
    return new IOException(e.toString(), e);
  }

  @Override
  public void close() throws IOException {
    try {
      int ignored = (int) CLOSE.invokeExact(errno, descriptor);
    } catch (Throwable e) {
      throw unexpected(e);
    } finally {
      arena.close();
    }
  }
}
