package dev.switchback.device.board.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.List;

/**
 * A GPIO chip, by version 2 of the {@code ioctl}s of {@code linux/gpio.h}: information about it and
 * its lines, and requests of lines. One thread.
 */
final class GpioCharacterDevice implements AutoCloseable {
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
  private static final int NAME_BYTES = 32;

  /** {@code GPIO_GET_CHIPINFO_IOCTL}: name, label, number of lines. */
  private static final long CHIP_INFO = 0x8044_B401L;

  private static final int LABEL = 32;
  private static final int LINES = 64;

  /** {@code GPIO_V2_GET_LINEINFO_IOCTL}: name, consumer, line, number of attributes, flags, ... */
  private static final long LINE_INFO = 0xC100_B405L;

  private static final int CONSUMER = 32;
  private static final int OFFSET = 64;
  private static final int FLAGS = 72;
  private static final long FLAG_USED = 1;

  /**
   * {@code GPIO_V2_GET_LINE_IOCTL}: 64 offsets, consumer, flags, number of attributes, 10
   * attributes (id, value, mask), number of lines, size of the buffer, descriptor.
   */
  private static final long REQUEST = 0xC250_B407L;

  private static final int REQUEST_BYTES = 592;
  private static final int REQUEST_CONSUMER = 256;
  private static final int REQUEST_FLAGS = 288;
  private static final int ATTRIBUTE_COUNT = 296;
  private static final int ATTRIBUTES = 320;
  private static final int ATTRIBUTE_BYTES = 24;
  private static final int ATTRIBUTE_VALUE = 8;
  private static final int ATTRIBUTE_MASK = 16;

  /** {@code GPIO_V2_LINE_ATTR_ID_FLAGS} */
  private static final int ATTRIBUTE_FLAGS = 1;

  private static final int LINE_COUNT = 560;
  private static final int DESCRIPTOR = 588;

  private final Arena arena = Arena.ofConfined();
  private final MemorySegment errno = Libc.errno(arena);
  private final MemorySegment data = arena.allocate(REQUEST_BYTES, Long.BYTES);
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
    this.descriptor = SystemCalls.open(errno, path);
    if (descriptor < 0) {
      IOException failure = failure("is not a GPIO chip");
      arena.close();
      throw failure;
    }
  }

  /** Returns the chip with its name, which {@code path} may be a link to. */
  GpioChip chip() throws IOException {
    call(CHIP_INFO);
    return new GpioChip(text(0), text(LABEL), data.get(INT, LINES));
  }

  LineInfo line(int offset) throws IOException {
    data.fill((byte) 0);
    data.set(INT, OFFSET, offset);
    call(LINE_INFO);
    boolean isUsed = (data.get(LONG, FLAGS) & FLAG_USED) != 0;
    String consumer = text(CONSUMER);
    return new LineInfo(text(0), !isUsed ? "" : consumer.isEmpty() ? "kernel" : consumer);
  }

  /**
   * Requests lines. Inputs report edges if the chip can.
   *
   * @param consumer shown to everyone who asks who holds the lines; at most 31 bytes
   * @throws BusyLineException if a line is held
   */
  LineRequest request(String consumer, List<RequestedLine> lines) throws IOException {
    boolean hasEdges = true;
    int result = tryRequest(consumer, lines.stream().map(GpioCharacterDevice::withEdges).toList());
    if (result < 0 && Libc.errorNumber(errno) == SystemCalls.ENXIO) {
      hasEdges = false; // The chip has no interrupts; then the lines are read often.
      result = tryRequest(consumer, lines);
    }
    if (result >= 0) {
      List<Integer> offsets = lines.stream().map(RequestedLine::offset).toList();
      return new KernelLines(path, data.get(INT, DESCRIPTOR), offsets, hasEdges);
    }
    IOException failure = failure("does not give its lines");
    if (Libc.errorNumber(errno) == SystemCalls.EBUSY) {
      for (RequestedLine line : lines) {
        String holder = line(line.offset()).consumer();
        if (!holder.isEmpty()) {
          throw new BusyLineException(path, line.offset(), holder);
        }
      }
    }
    throw failure;
  }

  private static RequestedLine withEdges(RequestedLine line) {
    return line.isInput() ? line.withEdges() : line;
  }

  private int tryRequest(String consumer, List<RequestedLine> lines) {
    data.fill((byte) 0);
    byte[] name = consumer.getBytes(StandardCharsets.UTF_8);
    MemorySegment.copy(name, 0, data, ValueLayout.JAVA_BYTE, REQUEST_CONSUMER, name.length);
    data.set(INT, LINE_COUNT, lines.size());
    data.set(LONG, REQUEST_FLAGS, lines.getFirst().flags());
    List<Long> otherFlags =
        lines.stream()
            .map(RequestedLine::flags)
            .distinct()
            .filter(flags -> flags != lines.getFirst().flags())
            .toList();
    data.set(INT, ATTRIBUTE_COUNT, otherFlags.size());
    for (int i = 0; i < lines.size(); i++) {
      data.setAtIndex(INT, i, lines.get(i).offset());
    }
    for (int a = 0; a < otherFlags.size(); a++) {
      int attribute = ATTRIBUTES + a * ATTRIBUTE_BYTES;
      data.set(INT, attribute, ATTRIBUTE_FLAGS);
      data.set(LONG, attribute + ATTRIBUTE_VALUE, otherFlags.get(a));
      data.set(LONG, attribute + ATTRIBUTE_MASK, linesWith(otherFlags.get(a), lines));
    }
    return SystemCalls.ioctl(errno, descriptor, REQUEST, data.address());
  }

  private static long linesWith(long flags, List<RequestedLine> lines) {
    long mask = 0;
    for (int i = 0; i < lines.size(); i++) {
      mask |= lines.get(i).flags() == flags ? 1L << i : 0;
    }
    return mask;
  }

  private String text(int offset) {
    return data.asSlice(offset, NAME_BYTES).getString(0);
  }

  private void call(long request) throws IOException {
    if (SystemCalls.ioctl(errno, descriptor, request, data.address()) < 0) {
      throw failure("is not a GPIO chip");
    }
  }

  private IOException failure(String otherwise) {
    int number = Libc.errorNumber(errno);
    return switch (number) {
      case SystemCalls.EPERM, SystemCalls.EACCES -> new AccessDeniedException(path);
      case SystemCalls.ENOENT -> new NoSuchFileException(path);
      default -> new IOException(path + " " + otherwise + " (errno " + number + ")");
    };
  }

  @Override
  public void close() {
    SystemCalls.close(descriptor);
    arena.close();
  }
}
