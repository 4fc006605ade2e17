package dev.switchback.device.board.linux;

import dev.switchback.device.board.BoardException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Requested lines of the kernel. */
final class KernelLines implements LineRequest {
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

  /** {@code GPIO_V2_LINE_GET_VALUES_IOCTL} and its opposite: values, mask of the lines. */
  private static final long GET_VALUES = 0xC010_B40EL;

  private static final long SET_VALUES = 0xC010_B40FL;
  private static final int VALUES_BYTES = 16;
  private static final int MASK = 8;

  // The memory is never freed under a call: a segment's address does not keep it.
  private final Arena arena = Arena.ofAuto();
  private final MemorySegment data = arena.allocate(VALUES_BYTES, Long.BYTES);
  private final long address = data.address();
  private final String path;
  private final int descriptor;
  private final List<Integer> offsets;
  private final boolean canReportEdges;
  private @Nullable EdgeWatch watch;
  private boolean isOpen = true;

  /**
   * @param path of the chip, for messages
   * @param descriptor of the request; closed by {@link #close}
   */
  KernelLines(String path, int descriptor, List<Integer> offsets, boolean canReportEdges) {
    this.path = path;
    this.descriptor = descriptor;
    this.offsets = List.copyOf(offsets);
    this.canReportEdges = canReportEdges;
    data.set(LONG, MASK, -1L >>> (Long.SIZE - offsets.size()));
  }

  @Override
  public long values() {
    if (SystemCalls.ioctl(descriptor, GET_VALUES, address) < 0) {
      retry("read", GET_VALUES);
    }
    return data.get(LONG, 0);
  }

  @Override
  public void set(long values) {
    data.set(LONG, 0, values);
    if (SystemCalls.ioctl(descriptor, SET_VALUES, address) < 0) {
      retry("driven", SET_VALUES);
    }
  }

  /** Repeats a call that failed, for its error number. */
  private void retry(String what, long request) {
    MemorySegment errno = Libc.errno(arena);
    if (SystemCalls.ioctl(errno, descriptor, request, address) < 0) {
      int number = Libc.errorNumber(errno);
      throw new BoardException(
          BoardException.Kind.NO_BOARD,
          number == SystemCalls.ENODEV
              ? path + " is gone"
              : path + " could not be " + what + " (errno " + number + ")",
          null);
    }
  }

  @Override
  public void watch(EdgeListener listener) {
    if (canReportEdges) {
      watch = new EdgeWatch(path, descriptor, offsets, listener);
    }
  }

  @Override
  public boolean hasEdges() {
    return watch != null && watch.isAlive();
  }

  @Override
  public void close() {
    if (isOpen) {
      isOpen = false;
      if (watch != null) {
        watch.close();
      }
      SystemCalls.close(descriptor);
    }
  }
}
