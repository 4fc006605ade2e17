package dev.switchback.wire.serial;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.sim.AllocatedBytes;
import dev.switchback.sim.PtyPair;
import dev.switchback.sim.Requirement;
import dev.switchback.wire.ByteLink;
import dev.switchback.wire.LinkException;
import dev.switchback.wire.LinkException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SerialPortTest {
  private static final int BAUD = SerialPort.DEFAULT_BAUD;

  @TempDir private Path directory;
  private PtyPair pair;

  @BeforeEach
  void join() throws IOException {
    pair = PtyPair.open(directory);
  }

  @AfterEach
  void part() throws IOException {
    pair.close();
  }

  private static ByteLink open(Path path) throws LinkException {
    return new SerialPort(path.toString(), BAUD).open();
  }

  private static byte[] read(ByteLink link, int count) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] buffer = new byte[1000];
    while (bytes.size() < count) {
      bytes.write(buffer, 0, link.read(buffer));
    }
    return bytes.toByteArray();
  }

  @Test
  void everyByteGoesThroughBothWays() throws IOException {
    byte[] bytes = new byte[10_000];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 7 + i / 256);
    }
    try (ByteLink one = open(pair.one());
        ByteLink other = open(pair.other())) {
      assertTransparent(one, other, bytes);
      assertTransparent(other, one, bytes);
    }
  }

  private static void assertTransparent(ByteLink from, ByteLink to, byte[] bytes)
      throws LinkException {
    CompletableFuture<byte[]> received =
        CompletableFuture.supplyAsync(() -> uncheckedRead(to, 9_000));
    from.write(bytes, 500, 9_000);
    assertArrayEquals(Arrays.copyOfRange(bytes, 500, 9_500), received.join());
  }

  private static byte[] uncheckedRead(ByteLink link, int count) {
    try {
      return read(link, count);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void readWaitsATenthOfASecondAtMost() throws IOException {
    try (ByteLink link = open(pair.one())) {
      long start = System.nanoTime();
      assertEquals(0, link.read(new byte[10]));
      long millis = (System.nanoTime() - start) / 1_000_000;
      assertTrue(millis >= 50 && millis < 1_000, millis + " ms");
    }
  }

  @Test
  void readTakesNoMoreThanTheBufferHolds() throws IOException {
    try (ByteLink one = open(pair.one());
        ByteLink other = open(pair.other())) {
      one.write("abcdef".getBytes(US_ASCII), 0, 6);
      byte[] buffer = new byte[4];
      String text = "";
      while (text.length() < 6) {
        int count = other.read(buffer);
        assertTrue(count <= 4, count + " bytes");
        text += new String(buffer, 0, count, US_ASCII);
      }
      assertEquals("abcdef", text);
    }
  }

  @Test
  void pulledCableIsLostAndANewOneOpensByTheSamePath() throws IOException {
    SerialPort port = new SerialPort(pair.one().toString(), BAUD);
    for (int round = 0; round < 3; round++) {
      try (ByteLink link = port.open();
          ByteLink other = open(pair.other())) {
        other.write(new byte[] {42}, 0, 1);
        assertArrayEquals(new byte[] {42}, read(link, 1));
        pair.pull();
        LinkException read = assertThrows(LinkException.class, () -> read(link, 1));
        assertEquals(Kind.LOST, read.kind());
        assertEquals(port + " is gone: plug its cable in again", read.getMessage());
        LinkException write =
            assertThrows(LinkException.class, () -> link.write(new byte[] {1}, 0, 1));
        assertEquals(Kind.LOST, write.kind());
        assertEquals(Kind.NO_PORT, assertThrows(LinkException.class, port::open).kind());
      }
      pair.plugIn();
    }
  }

  /** In most rounds the reader has just read a byte and waits for the next one. */
  @Test
  void closeEndsAReadThatWaits() throws Exception {
    for (int round = 0; round < 20; round++) {
      ByteLink link = open(pair.one());
      CountDownLatch reading = new CountDownLatch(1);
      CompletableFuture<LinkException> end =
          CompletableFuture.supplyAsync(() -> readWithoutEnd(link, reading));
      try (ByteLink other = open(pair.other())) {
        other.write(new byte[] {1}, 0, 1);
        reading.await();
      }
      link.close();
      link.close();
      assertEquals(pair.one() + " was closed", end.get().getMessage());
      assertEquals(Kind.LOST, end.join().kind());
      assertThrows(LinkException.class, () -> link.write(new byte[] {1}, 0, 1));
    }
  }

  private static LinkException readWithoutEnd(ByteLink link, CountDownLatch reading) {
    return assertThrows(
        LinkException.class,
        () -> {
          while (true) {
            read(link, 1);
            reading.countDown();
          }
        });
  }

  @Test
  void closeEndsAWriteThatWaits() throws Exception {
    ByteLink link = open(pair.one());
    AtomicInteger writes = new AtomicInteger();
    CompletableFuture<LinkException> end =
        CompletableFuture.supplyAsync(() -> writeWithoutEnd(link, writes));
    // Nobody reads, so the line is full once a write blocks.
    int before;
    do {
      before = writes.get();
      TimeUnit.MILLISECONDS.sleep(50);
    } while (writes.get() == 0 || writes.get() > before);
    assertFalse(end.isDone());
    link.close();
    assertEquals(Kind.LOST, end.get().kind());
  }

  private static LinkException writeWithoutEnd(ByteLink link, AtomicInteger writes) {
    return assertThrows(
        LinkException.class,
        () -> {
          while (true) {
            link.write(new byte[4096], 0, 4096);
            writes.incrementAndGet();
          }
        });
  }

  @Tag("slow")
  @Test
  void lineThatNobodyReadsIsGivenUp() throws IOException {
    try (ByteLink link = open(pair.one())) {
      long start = System.nanoTime();
      LinkException e = writeWithoutEnd(link, new AtomicInteger());
      double seconds = (System.nanoTime() - start) * 1e-9;
      assertTrue(seconds > 4 && seconds < 12, seconds + " s");
      assertEquals(Kind.LOST, e.kind());
      assertEquals(pair.one() + " takes no bytes: nothing reads at its other end", e.getMessage());
    }
  }

  @Test
  void portThatIsOpenIsBusyAndSaysWhoHasIt() throws IOException {
    try (ByteLink link = open(pair.one())) {
      LinkException e = assertThrows(LinkException.class, () -> open(pair.one()));
      assertEquals(Kind.BUSY, e.kind());
      long own = ProcessHandle.current().pid();
      assertTrue(e.toString().contains("(process " + own + ")"), e.toString());
      assertEquals(link.toString(), pair.one().toString());
    }
  }

  @Test
  void portOfAnotherProgramIsBusyAndSaysWhoHasIt() throws Exception {
    Requirement.program(getClass(), "flock", "util-linux");
    Process other =
        new ProcessBuilder("flock", pair.one().toRealPath().toString(), "sleep", "60").start();
    try {
      LinkException e = busy();
      assertTrue(
          e.toString().contains(": " + pair.one() + " is in use by ")
              && e.toString().contains("flock (process " + other.pid() + ")"),
          e.toString());
    } finally {
      other.descendants().forEach(ProcessHandle::destroyForcibly);
      other.destroyForcibly();
    }
  }

  /** Opens until the other program has locked it. */
  private LinkException busy() throws Exception {
    while (true) {
      try (ByteLink link = open(pair.one())) {
        TimeUnit.MILLISECONDS.sleep(20);
        assertEquals(pair.one().toString(), link.toString());
      } catch (LinkException e) {
        assertEquals(Kind.BUSY, e.kind());
        return e;
      }
    }
  }

  @Test
  void whatIsNotThereIsNamedWithWhatIs() {
    Path absent = directory.resolve("absent");
    LinkException e = assertThrows(LinkException.class, () -> open(absent));
    assertEquals(Kind.NO_PORT, e.kind());
    assertTrue(e.toString().contains(": no serial port " + absent + " here; "), e.toString());
  }

  @Test
  void fileIsNoSerialPort() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    for (Path path : new Path[] {file, directory}) {
      LinkException e = assertThrows(LinkException.class, () -> open(path));
      assertEquals(path + " is not a serial port; see switchback ports", e.getMessage());
      assertEquals(Kind.NO_PORT, e.kind());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 9600, 115_200, 250_000, 921_600, 4_000_000})
  void ratesInRangeOpen(int baud) throws IOException {
    new SerialPort(pair.one().toString(), baud).open().close();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 299, 4_000_001})
  void ratesOutOfRangeAreRefused(int baud) {
    String path = pair.one().toString();
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> new SerialPort(path, baud));
    assertEquals("baud rate " + baud + ": 300 to 4000000 expected", e.getMessage());
  }

  @Test
  void openingLeavesNoDescriptorOrThreadBehind() throws Exception {
    open(pair.one()).close();
    int descriptors = descriptors();
    for (int i = 0; i < 200; i++) {
      open(pair.one()).close();
    }
    assertEquals(descriptors, descriptors());
    while (guards() > 0) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  private long guards() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("guard " + pair.one()))
        .count();
  }

  private static int descriptors() {
    return new File("/proc/self/fd").list().length;
  }

  @Test
  void libraryIsNotLeftWhereOthersLook() throws IOException {
    open(pair.one()).close();
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    String maps = Files.readString(Path.of("/proc/self/maps"));
    assertTrue(maps.contains("/switchback-"), "from a directory of its own");
    assertFalse(maps.contains(temporary.resolve("jSerialComm").toString()));
    assertTrue(
        maps.lines()
            .filter(line -> line.contains("libjSerialComm.so"))
            .allMatch(line -> line.endsWith("(deleted)")),
        maps);
  }

  @Test
  void readingAndWritingAllocateNothing() throws IOException {
    try (ByteLink one = open(pair.one());
        ByteLink other = open(pair.other())) {
      byte[] bytes = new byte[64];
      AllocatedBytes.requireNone(
          "a write and a read",
          () -> {
            try {
              one.write(bytes, 0, 64);
              for (int count = 0; count < 64; count += other.read(bytes)) {}
            } catch (LinkException e) {
              throw new AssertionError(e);
            }
          },
          200);
    }
  }
}
