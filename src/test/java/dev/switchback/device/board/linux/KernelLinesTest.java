package dev.switchback.device.board.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.device.board.BoardException;
import dev.switchback.sim.AllocatedBytes;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What needs no GPIO chip; the virtual board has the rest. */
class KernelLinesTest {
  private static final int EVENT_BYTES = 48;
  private static final int RISING = 1;
  private static final int FALLING = 2;

  private final Arena arena = Arena.ofAuto();

  private int[] pipe() {
    MemorySegment ends = arena.allocate(8, 4);
    assertEquals(0, SystemCalls.pipe(ends.address()));
    return ends.toArray(ValueLayout.JAVA_INT);
  }

  private static byte[] event(int kind, int offset) {
    return ByteBuffer.allocate(EVENT_BYTES)
        .order(ByteOrder.nativeOrder())
        .putInt(8, kind)
        .putInt(12, offset)
        .array();
  }

  @Test
  @Tag("allocation")
  void callsWithoutTheErrorNumberAllocateNothing() {
    MemorySegment data = arena.allocate(16, 8);
    int[] failed = new int[1];
    AllocatedBytes.requireNone(
        "a call and the value that it left",
        () -> {
          failed[0] += SystemCalls.ioctl(-1, 0xC010_B40EL, data.address());
          failed[0] += (int) data.get(ValueLayout.JAVA_LONG, 0);
        },
        200);
    assertTrue(failed[0] <= -1000);
  }

  @Test
  void aDeviceThatIsNoChipIsNamedWithItsErrorNumber() throws IOException {
    IOException refused =
        assertThrows(
            IOException.class,
            () -> {
              try (GpioCharacterDevice device = new GpioCharacterDevice("/dev/null")) {
                device.chip();
              }
            });
    assertEquals("/dev/null is not a GPIO chip (errno 25)", refused.getMessage());
  }

  @Test
  void aRequestThatFailsIsLost_andItsMessageSaysWhy() {
    int[] ends = pipe();
    try (KernelLines lines = new KernelLines("/dev/gpiochip9", ends[0], List.of(17), false)) {
      BoardException unread = assertThrows(BoardException.class, lines::values);
      assertEquals("/dev/gpiochip9 could not be read (errno 25)", unread.getMessage());
      BoardException undriven = assertThrows(BoardException.class, () -> lines.set(1));
      assertEquals("/dev/gpiochip9 could not be driven (errno 25)", undriven.getMessage());
      lines.watch((line, active) -> {});
      assertFalse(lines.hasEdges());
    }
    SystemCalls.close(ends[1]);
  }

  @Test
  void edgesAreReportedInOrderByTheNumberOfTheirLine() throws Exception {
    int[] ends = pipe();
    BlockingQueue<String> edges = new LinkedBlockingQueue<>();
    KernelLines lines = new KernelLines("/dev/gpiochip9", ends[0], List.of(27, 17), true);
    lines.watch((line, active) -> edges.add(line + (active ? " up" : " down")));
    Path writing = Path.of("/proc/self/fd/" + ends[1]);
    Files.write(writing, event(RISING, 17));
    Files.write(writing, event(FALLING, 17));
    Files.write(writing, event(RISING, 5));
    Files.write(writing, event(RISING, 27));
    assertEquals("1 up", edges.poll(20, TimeUnit.SECONDS));
    assertEquals("1 down", edges.poll(20, TimeUnit.SECONDS));
    assertEquals("0 up", edges.poll(20, TimeUnit.SECONDS));
    assertTrue(lines.hasEdges());
    lines.close();
    lines.close();
    assertTrue(edges.isEmpty());
    SystemCalls.close(ends[1]);
    assertTrue(
        Thread.getAllStackTraces().keySet().stream()
            .noneMatch(thread -> thread.getName().equals("edges of /dev/gpiochip9")));
  }

  @Test
  void chipThatVanishesIsOneMoreEdge_andTheLast() throws Exception {
    int[] ends = pipe();
    BlockingQueue<String> edges = new LinkedBlockingQueue<>();
    KernelLines lines = new KernelLines("/dev/gpiochip8", ends[0], List.of(17), true);
    lines.watch((line, active) -> edges.add("line " + line));
    assertTrue(lines.hasEdges());
    SystemCalls.close(ends[1]);
    assertEquals("line 0", edges.poll(20, TimeUnit.SECONDS));
    while (lines.hasEdges()) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
    lines.close();
    assertTrue(edges.isEmpty());
  }
}
