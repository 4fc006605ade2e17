package dev.switchback.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.sim.AllocatedBytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DemultiplexerTest {
  private static final byte[] PACKET = Received.latin1("a packet of some bytes");
  private static final String HEX = Received.hex(PACKET);
  private static final String FRAME =
      new String(Received.frame(PACKET), StandardCharsets.ISO_8859_1);
  private static final long SECOND = 1_000_000_000L;

  private final Received received = new Received();

  static Stream<WireVector> vectors() {
    return WireVector.all().stream();
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void frameOfAVector_isItsPacket_whereverItIsSplit(WireVector vector) {
    byte[] frame = vector.frame();
    for (int split = 0; split <= frame.length; split++) {
      Received parts = new Received();
      parts.feed(Arrays.copyOf(frame, split), 0);
      parts.feed(Arrays.copyOfRange(frame, split, frame.length), 2 * SECOND);
      assertEquals(List.of(Received.hex(vector.packet())), parts.packets(), "split at " + split);
      assertEquals("", parts.text());
      assertFalse(parts.demultiplexer.isInFrame());
    }
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void frameByteForByte_isItsPacket(WireVector vector) {
    for (byte value : vector.frame()) {
      received.feed(new byte[] {value});
    }
    assertEquals(List.of(Received.hex(vector.packet())), received.packets());
    assertEquals(1, received.frames());
    assertEquals(0, received.dropped());
  }

  @Test
  void framesInTheMiddleOfText_areTakenOutOfIt() {
    received.feed("sta" + FRAME + "tu" + FRAME + FRAME + "s\r");
    assertEquals("status\r", received.text());
    assertEquals(List.of(HEX, HEX, HEX), received.packets());
  }

  /** AuTerm encodes each line on its own, with padding; Zephyr decodes each on its own. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 7, 91, 92, 93})
  void lineThatIsPaddedBeforeTheLast_isTaken(int lineBytes) {
    byte[] packet = new byte[200];
    new Random(lineBytes).nextBytes(packet);
    byte[] body = WireVector.of("", true, Received.frame(packet)).body();
    StringBuilder frame = new StringBuilder();
    for (int from = 0; from < body.length; from += lineBytes) {
      byte[] line = Arrays.copyOfRange(body, from, Math.min(body.length, from + lineBytes));
      frame.append(from == 0 ? "\6\11" : "\4\24");
      frame.append(Base64.getEncoder().encodeToString(line)).append('\n');
    }
    received.feed("sta" + frame + "tus");
    assertEquals(List.of(Received.hex(packet)), received.packets());
    assertEquals("status", received.text());
  }

  @Test
  void lineOfAnyLength_isTaken() {
    byte[] packet = new byte[8000];
    String digits = String.join("", WireVector.of("", true, Received.frame(packet)).lines());
    received.feed("\6\11" + digits + "\n");
    assertEquals(List.of(Received.hex(packet)), received.packets());
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8, 12, 16, 20, 24, 28, 32})
  void lineMayEndAfterAnyGroup_andWithACarriageReturn(int digits) {
    String marked = FRAME.substring(0, 2 + digits);
    String rest = FRAME.substring(2 + digits);
    received.feed(marked + "\r\n\4\24" + rest.replace("\n", "\r\n"));
    received.feed(marked + "\n\n\r\n\4\24" + rest);
    received.feed("\6\11\n\4\24\n\4\24" + FRAME.substring(2));
    assertEquals(List.of(HEX, HEX, HEX), received.packets());
    assertEquals("", received.text());
  }

  @Test
  void frameAfterAFirstByteAlone_isTaken() {
    received.feed("\6\6\6" + FRAME + "\4\4" + FRAME + "x");
    assertEquals(List.of(HEX, HEX), received.packets());
    assertEquals("\6\6\6\4\4x", received.text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\6a", "\6\4a", "\4a", "\4\6a", "\4\4a", "\11\6\24", "\24\4\11"})
  void markerThatIsNone_isText(String keys) {
    received.feed(keys + "x");
    assertEquals(keys + "x", received.text());
  }

  @Test
  void firstByteOfAMarker_holdsTheLine_untilTheNextOr3Seconds() {
    assertFalse(received.demultiplexer.isInFrame());
    received.feed("\6");
    assertTrue(received.demultiplexer.isInFrame());
    received.demultiplexer.tick(3 * SECOND - 1);
    assertEquals("", received.text());
    received.demultiplexer.tick(3 * SECOND);
    assertEquals("\6", received.text());
    assertFalse(received.demultiplexer.isInFrame());
  }

  @Test
  void frameBegunAnew_abandonsTheFirst() {
    received.feed(FRAME.substring(0, 10) + FRAME);
    received.feed(FRAME.substring(0, 10) + "\n" + FRAME);
    assertEquals(List.of(HEX, HEX), received.packets());
    assertEquals(2, received.dropped(Drop.ABANDONED));
    assertEquals("", received.text());
  }

  @Test
  void silence_endsAFrame_andCountsOnce() {
    received.feed(FRAME.substring(0, 10), -2 * SECOND);
    received.feed(FRAME.substring(10, 20), SECOND - 1);
    assertTrue(received.demultiplexer.isInFrame());
    received.feed("status\r", 4 * SECOND - 1);
    assertEquals("status\r", received.text());
    assertEquals(1, received.dropped(Drop.TIMEOUT));
    assertEquals(1, received.dropped());
  }

  @Test
  void decoding_allocatesNothing() {
    byte[] frame = Received.frame(new byte[4096]);
    Demultiplexer demultiplexer =
        new Demultiplexer(
            new Demultiplexer.Receiver() {
              @Override
              public void text(byte value) {}

              @Override
              public void packet(byte[] buffer, int length) {}
            });
    AllocatedBytes.requireNone(
        "a demultiplexer", () -> demultiplexer.receive(frame, 0, frame.length, 0), 50);
  }
}
