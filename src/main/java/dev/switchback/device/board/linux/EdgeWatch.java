package dev.switchback.device.board.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.List;

/** Waits for edges of a request on a thread of its own. */
final class EdgeWatch implements AutoCloseable {
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT;

  /** {@code struct pollfd}: descriptor, events, those that happened. */
  private static final int POLL_BYTES = 8;

  private static final int EVENTS = 4;
  private static final int HAPPENED = 6;

  /** {@code struct gpio_v2_line_event}: time, kind (1 rising, 2 falling), line, ... */
  private static final int EVENT_BYTES = 48;

  private static final int KIND = 8;
  private static final int OFFSET = 12;
  private static final int RISING = 1;

  /** As many as the kernel keeps for eight lines. */
  private static final int MAX_EVENTS = 128;

  private final MemorySegment polled = Arena.ofAuto().allocate(2 * POLL_BYTES, Long.BYTES);
  private final MemorySegment events =
      Arena.ofAuto().allocate((long) MAX_EVENTS * EVENT_BYTES, Long.BYTES);
  private final int descriptor;
  private final int[] offsets;
  private final LineRequest.EdgeListener listener;

  /** Its reading end is closed by {@link #close}, its writing end says that this is to end. */
  private final int reading;

  private final int writing;
  private final Thread thread;

  EdgeWatch(String path, int descriptor, List<Integer> offsets, LineRequest.EdgeListener listener) {
    this.descriptor = descriptor;
    this.offsets = offsets.stream().mapToInt(Integer::intValue).toArray();
    this.listener = listener;
    MemorySegment ends = Arena.ofAuto().allocate(2 * INT.byteSize(), INT.byteAlignment());
    if (SystemCalls.pipe(ends.address()) < 0) {
      throw new IllegalStateException("no pipe: this process has too many files open");
    }
    this.reading = ends.getAtIndex(INT, 0);
    this.writing = ends.getAtIndex(INT, 1);
    expect(0, descriptor);
    expect(1, reading);
    this.thread = Thread.ofPlatform().name("edges of " + path).daemon().start(this::run);
  }

  private void expect(int index, int of) {
    polled.set(INT, (long) index * POLL_BYTES, of);
    polled.set(SHORT, (long) index * POLL_BYTES + EVENTS, SystemCalls.POLLIN);
  }

  /** Whether edges are still reported. Any thread. */
  boolean isAlive() {
    return thread.isAlive();
  }

  /**
   * Ends when closed, or when the chip is gone: then one more edge lets a reading find that out.
   */
  private void run() {
    while (reportEdges()) {}
    if (happened(1) == 0) {
      listener.edge(0, false);
    }
  }

  /** Waits for edges and reports them. Returns whether there may be more. */
  private boolean reportEdges() {
    int ready = SystemCalls.poll(polled.address(), 2);
    if (ready <= 0) {
      return true;
    }
    if (happened(1) != 0 || happened(0) != SystemCalls.POLLIN) {
      return false;
    }
    long bytes = SystemCalls.read(descriptor, events.address(), (long) MAX_EVENTS * EVENT_BYTES);
    report((int) (bytes / EVENT_BYTES));
    return bytes >= 0;
  }

  private short happened(int index) {
    return polled.get(SHORT, (long) index * POLL_BYTES + HAPPENED);
  }

  private void report(int count) {
    for (int event = 0; event < count; event++) {
      int start = event * EVENT_BYTES;
      int offset = events.get(INT, start + OFFSET);
      for (int line = 0; line < offsets.length; line++) {
        if (offsets[line] == offset) {
          listener.edge(line, events.get(INT, start + KIND) == RISING);
        }
      }
    }
  }

  @Override
  public void close() {
    SystemCalls.close(writing);
    boolean interrupted = Thread.interrupted();
    try {
      thread.join(Duration.ofSeconds(1));
    } catch (InterruptedException e) {
      interrupted = true;
    }
    SystemCalls.close(reading);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
