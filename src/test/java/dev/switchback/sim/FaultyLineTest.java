package dev.switchback.sim;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.sim.FaultyLine.Direction;
import dev.switchback.sim.FaultyLine.Fate;
import dev.switchback.sim.FaultyLine.Fault;
import dev.switchback.sim.FaultyLine.Faults;
import dev.switchback.wire.ByteLink;
import dev.switchback.wire.LinkException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultyLineTest {
  private static final int BAUD = 10_000;
  private static final long MILLI = 1_000_000;

  /** Records what arrives and when, and can send it back. */
  private final class Recorder implements FaultyLine.Device {
    final List<String> pieces = new ArrayList<>();
    int begins;
    int ticks;

    @Override
    public void begin(long nowNanos) {
      begins++;
    }

    @Override
    public void receive(byte[] bytes, long nowNanos) {
      assertEquals(clock.nanoTime(), nowNanos);
      if (bytes.length == 0) {
        ticks++;
      } else {
        pieces.add(new String(bytes, ISO_8859_1) + "@" + nowNanos / MILLI);
      }
    }
  }

  private final ManualClock clock = new ManualClock();
  private final Recorder device = new Recorder();

  private FaultyLine line(int pieceBytes, Faults faults) {
    return new FaultyLine(clock, BAUD, pieceBytes, faults, device);
  }

  private static Faults at(Direction direction, long index, Fate fate, long detail) {
    return (where, number) ->
        where == direction && number == index ? new Fault(fate, detail) : Fault.NONE;
  }

  private static void write(ByteLink link, String text) throws LinkException {
    link.write(text.getBytes(ISO_8859_1), 0, text.length());
  }

  private static String read(ByteLink link) throws LinkException {
    byte[] buffer = new byte[100];
    return new String(buffer, 0, link.read(buffer), ISO_8859_1);
  }

  private static void send(FaultyLine line, String text) throws LinkException {
    line.send(text.getBytes(ISO_8859_1), 0, text.length());
  }

  @Test
  void bytesTakeAsLongAsAtTheBaudRate() throws LinkException {
    FaultyLine line = line(100, Faults.NONE);
    ByteLink link = line.open();
    write(link, "abc");
    write(link, "de");
    clock.advance(10 * MILLI);
    assertEquals(List.of("abc@3", "de@5"), device.pieces);
    assertEquals(5, line.count(Direction.TO_DEVICE));
  }

  @Test
  void aWriteWaitsWhenTheKernelsBufferIsFull() throws LinkException {
    write(line(100, Faults.NONE).open(), "x".repeat(5000));
    assertEquals((5000 - 4096) * MILLI, clock.nanoTime());
  }

  @Test
  void bytesMayArriveOneByOne() throws LinkException {
    write(line(1, Faults.NONE).open(), "abc");
    clock.advance(10 * MILLI);
    assertEquals(List.of("a@1", "b@2", "c@3"), device.pieces);
  }

  @ParameterizedTest
  @CsvSource({
    "ARRIVES, 0, abc@3",
    "DROPPED, 0, ac@3",
    "FLIPPED, 1, acc@3",
    "DOUBLED, 0, abbc@4",
    "STALLED, 5000000, a@2 bc@8",
    "HANGS_UP, 0, a@2"
  })
  void aByteFaresAsItsFaultSays(Fate fate, long detail, String arrived) throws LinkException {
    write(line(100, at(Direction.TO_DEVICE, 1, fate, detail)).open(), "abc");
    clock.advance(20 * MILLI);
    assertEquals(arrived, String.join(" ", device.pieces));
  }

  @Test
  void theOtherDirectionIsTheSame() throws LinkException {
    FaultyLine line = line(100, at(Direction.TO_PROGRAM, 1, Fate.DROPPED, 0));
    ByteLink link = line.open();
    write(link, "xyz");
    send(line, "abc");
    assertEquals("ac", read(link));
    assertEquals(3 * MILLI, clock.nanoTime());
    assertEquals("", read(link));
    assertEquals(103 * MILLI, clock.nanoTime());
  }

  @Test
  void theDeviceIsAskedEvery100Millis() {
    line(100, Faults.NONE);
    clock.advance(1000 * MILLI);
    assertEquals(11, device.ticks);
    assertEquals(1, device.begins);
  }

  @Test
  void aHangUpTakesTheLineAwayForASecond() throws LinkException {
    FaultyLine line = line(100, at(Direction.TO_DEVICE, 2, Fate.HANGS_UP, 0));
    ByteLink link = line.open();
    send(line, "late, and astray");
    write(link, "abc");
    clock.advance(3 * MILLI);
    assertEquals(1, line.hangUps());
    assertEquals(List.of("ab@3"), device.pieces);
    assertLost(() -> write(link, "x"));
    assertLost(() -> read(link));
    assertLost(() -> send(line, "x"));
    link.close();
    LinkException e = assertThrows(LinkException.class, line::open);
    assertEquals(LinkException.Kind.NO_PORT, e.kind());
    clock.advance(999 * MILLI);
    int ticks = device.ticks;
    clock.advance(MILLI);
    assertEquals(2, device.begins);
    assertEquals(ticks + 1, device.ticks);
    write(line.open(), "def");
    clock.advance(10 * MILLI);
    assertEquals("def@1006", device.pieces.getLast());
  }

  private static void assertLost(Executable use) {
    assertEquals(LinkException.Kind.LOST, assertThrows(LinkException.class, use).kind());
  }

  @Test
  void drainingWaitsForWhatIsUnderWay() throws LinkException {
    FaultyLine line = line(100, at(Direction.TO_DEVICE, 0, Fate.STALLED, 5000 * MILLI));
    write(line.open(), "abc");
    line.drain();
    assertEquals(List.of("abc@5003"), device.pieces);
    assertEquals(6003 * MILLI, clock.nanoTime());
    long before = clock.nanoTime();
    line.drain();
    assertEquals(before + FaultyLine.GONE_NANOS, clock.nanoTime());
  }

  @Test
  void whatWasSentToTheProgramBeforeIsNotForTheNext() throws LinkException {
    FaultyLine line = line(100, Faults.NONE);
    ByteLink before = line.open();
    write(before, "kept");
    send(line, "gone");
    before.close();
    ByteLink next = line.open();
    assertEquals("", read(next));
    assertEquals(List.of("kept@4"), device.pieces);
    send(line, "here");
    assertEquals("here", read(next));
  }

  @Test
  void misuseFailsTheTest() throws LinkException {
    FaultyLine line = line(100, Faults.NONE);
    ByteLink link = line.open();
    assertThrows(AssertionError.class, line::open);
    link.close();
    link.close();
    assertThrows(AssertionError.class, () -> read(link));
    assertThrows(AssertionError.class, () -> write(link, "x"));
    assertTrue(device.pieces.isEmpty());
  }
}
