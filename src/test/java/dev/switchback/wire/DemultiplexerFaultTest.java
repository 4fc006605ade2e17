package dev.switchback.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames on a bad line. */
class DemultiplexerFaultTest {
  private static final long TIMEOUT = Demultiplexer.TIMEOUT_NANOS;

  /** Three lines on the wire. */
  private static final byte[] PACKET = random(new SplittableRandom(5), 230);

  private static final byte[] FRAME = Received.frame(PACKET);
  private static final String FRAME_TEXT = new String(FRAME, StandardCharsets.ISO_8859_1);
  private static final byte[] NEXT_PACKET = Received.latin1("the next");
  private static final byte[] NEXT_FRAME = Received.frame(NEXT_PACKET);
  private static final String GOOD = Received.hex(PACKET);
  private static final String NEXT_GOOD = Received.hex(NEXT_PACKET);

  /** Counts of outcomes, by name; printed for the record. */
  private static final class Tally {
    private final Map<String, Integer> counts = new TreeMap<>();

    void add(String what) {
      counts.merge(what, 1, Integer::sum);
    }

    void print(String title) {
      System.out.println("DemultiplexerFaultTest: " + title + ": " + counts);
    }

    int count(String what) {
      return counts.getOrDefault(what, 0);
    }
  }

  /** Returns the outcome of a damaged frame, after the next one is delivered. */
  private static String fate(Received received) {
    for (Drop reason : Drop.values()) {
      if (received.dropped(reason) > 0) {
        return "dropped, " + reason;
      }
    }
    return received.packets().size() == 2 ? "delivered" : "taken for text";
  }

  /** Feeds a damaged frame; no packet other than the original may be delivered. */
  private static Received damaged(byte[] bytes, String what) {
    Received received = new Received().feed(bytes);
    received.demultiplexer.tick(TIMEOUT);
    assertFalse(received.demultiplexer.isInFrame(), what);
    assertTrue(received.packets().stream().allMatch(GOOD::equals), what);
    assertTrue(received.dropped() <= 1, what + ": counted once");
    received.feed(NEXT_FRAME, TIMEOUT);
    assertEquals(NEXT_GOOD, received.packets().getLast(), what);
    return received;
  }

  private static void feedNextAtOnce(byte[] bytes, String what) {
    Received received = new Received().feed(bytes).feed(NEXT_FRAME);
    assertEquals(NEXT_GOOD, received.packets().getLast(), what);
    assertFalse(received.demultiplexer.isInFrame(), what);
  }

  @Test
  void everyFlippedBit_isNoticed() {
    Tally tally = new Tally();
    for (int bit = 0; bit < 8 * FRAME.length; bit++) {
      byte[] flipped = FRAME.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      Received received = damaged(flipped, "bit " + bit);
      boolean isFirstMarker = bit < 16;
      assertEquals(isFirstMarker, !received.text().isEmpty(), "bit " + bit + " as text");
      tally.add(fate(received));
      feedNextAtOnce(flipped, "bit " + bit);
    }
    tally.print("every flipped bit of a frame of " + FRAME.length + " bytes");
    assertEquals(0, tally.count("delivered"));
  }

  @Test
  void everyDroppedByte_isNoticed() {
    Tally tally = new Tally();
    for (int at = 0; at < FRAME.length; at++) {
      byte[] before = Arrays.copyOf(FRAME, at);
      byte[] rest = Arrays.copyOfRange(FRAME, at + 1, FRAME.length);
      Received received = damaged(Received.join(before, rest), "without byte " + at);
      assertEquals(at < 2, !received.text().isEmpty(), "byte " + at + " as text");
      tally.add(fate(received));
      feedNextAtOnce(Received.join(before, rest), "without byte " + at);
    }
    tally.print("every dropped byte");
    assertEquals(0, tally.count("delivered"));
  }

  @Test
  void everyDoubledByte_isNoticed_orDoesNotMatter() {
    Tally tally = new Tally();
    for (int at = 0; at < FRAME.length; at++) {
      byte[] twice =
          Received.join(Arrays.copyOf(FRAME, at + 1), Arrays.copyOfRange(FRAME, at, FRAME.length));
      Received received = damaged(twice, "byte " + at + " twice");
      tally.add(fate(received));
      feedNextAtOnce(twice, "byte " + at + " twice");
    }
    tally.print("every doubled byte");
    assertEquals(4, tally.count("delivered"), "first byte of the first marker, line feeds");
  }

  @Test
  void everyTruncation_andStall_isOver_after3Seconds() {
    Tally tally = new Tally();
    for (int length = 1; length < FRAME.length; length++) {
      Received received = damaged(Arrays.copyOf(FRAME, length), "the first " + length + " bytes");
      assertEquals(length == 1 ? "\6" : "", received.text());
      tally.add(fate(received));
      feedNextAtOnce(Arrays.copyOf(FRAME, length), "the first " + length + " bytes");
    }
    tally.print("every truncation");
    assertEquals(FRAME.length - 2, tally.count("dropped, TIMEOUT"));
  }

  @Test
  void everyTail_ofAFrame_isDropped() {
    for (int from = 2; from < FRAME.length; from++) {
      Received received = new Received().feed("\6\11" + FRAME_TEXT.substring(from));
      received.feed("status\r", TIMEOUT);
      assertEquals("status\r", received.text(), "from byte " + from);
      assertEquals(from == 2 ? 1 : 0, received.packets().size());
    }
  }

  /** Returns bytes of each class, by name. */
  private static final Map<String, String> BYTE_CLASSES =
      new TreeMap<>(
          Map.of(
              "06 09", "\6\11",
              "04 14", "\4\24",
              "06", "\6",
              "04", "\4",
              "LF", "\n",
              "CR", "\r",
              "digit", "A",
              "padding", "=",
              "space", " ",
              "high", "\377"));

  /** Returns bytes that lead to each state. */
  private static final Map<String, String> STATES =
      new TreeMap<>(
          Map.of(
              "text",
              "",
              "line, at a group",
              FRAME_TEXT.substring(0, 2 + 60),
              "line, in a group",
              FRAME_TEXT.substring(0, 2 + 61),
              "line, complete",
              FRAME_TEXT.substring(0, FRAME.length - 1),
              "line, after a return",
              FRAME_TEXT.substring(0, 2 + 60) + "\r",
              "between lines",
              FRAME_TEXT.substring(0, 127),
              "tail",
              FRAME_TEXT.substring(0, 2 + 61) + "\n",
              "skip",
              "\6\11!",
              "after a bad frame",
              "\6\11!\n",
              "after a frame",
              FRAME_TEXT));

  /** A state, a class of bytes, and the result. */
  private static final String EXPECTED =
      """
      after a bad frame | in BASE64 | 04, 04 14, 06, 06 09
      after a bad frame | out BASE64 text | CR, LF, digit, high, padding, space
      after a frame | in ORPHAN packet | 04 14
      after a frame | in packet | 04, 06, 06 09
      after a frame | out packet text | CR, LF, digit, high, padding, space
      between lines | in | 04, 04 14, 06, CR, LF
      between lines | in ABANDONED | 06 09, digit, high, padding, space
      line, after a return | in | 06, LF
      line, after a return | in ABANDONED | 06 09
      line, after a return | in BASE64 | 04, 04 14, CR, digit, high, padding, space
      line, at a group | in | 06, CR, LF, digit
      line, at a group | in ABANDONED | 06 09
      line, at a group | in BASE64 | 04, 04 14, high, padding, space
      line, complete | in | 06, CR, digit
      line, complete | in ABANDONED | 06 09
      line, complete | in BASE64 | 04, 04 14, high, padding, space
      line, complete | out packet | LF
      line, in a group | in | 06, CR, digit
      line, in a group | in ABANDONED | 06 09
      line, in a group | in BASE64 | 04, 04 14, LF, high, padding, space
      skip | in BASE64 | 04, 04 14, 06, 06 09, CR, digit, high, padding, space
      skip | out BASE64 | LF
      tail | in BASE64 | 04, 04 14, 06, 06 09, CR, LF, digit, high, padding, space
      text | in | 04, 06, 06 09
      text | in ORPHAN | 04 14
      text | out text | CR, LF, digit, high, padding, space
      """;

  /** Describes whether a frame has begun, and what was delivered or counted. */
  private static String outcome(Received received) {
    StringBuilder outcome = new StringBuilder();
    outcome.append(received.demultiplexer.isInFrame() ? "in" : "out");
    for (Drop reason : Drop.values()) {
      outcome.append(received.dropped(reason) > 0 ? " " + reason : "");
    }
    outcome.append(received.packets().isEmpty() ? "" : " packet");
    return outcome.append(received.text().isEmpty() ? "" : " text").toString();
  }

  @Test
  void everyState_andEveryClassOfBytes() {
    StringBuilder table = new StringBuilder();
    STATES.forEach((state, before) -> {
      Map<String, String> classes = new TreeMap<>();
      BYTE_CLASSES.forEach((name, bytes) -> {
        feedNextAtOnce(Received.latin1(before + bytes), state + " | " + name);
        String outcome = outcome(new Received().feed(before).feed(bytes));
        classes.merge(outcome, name, (some, one) -> some + ", " + one);
      });
      classes.forEach(
          (outcome, names) -> table.append(state + " | " + outcome + " | " + names).append('\n'));
    });
    assertEquals(EXPECTED, table.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "BASE64, 'A=AA'",
    "BASE64, '===='",
    "BASE64, 'AAMAAA=A'",
    "BASE64, 'AA-_'",
    "BASE64, 'AA A'",
    "BASE64, 'AAMAAAA'",
    "LENGTH, 'AAAA'",
    "LENGTH, 'AAIA'",
    "LENGTH, 'AAMAAAAA'",
    "CRC, 'AAMAAAE='",
    "CRC, 'AAMBAAA='"
  })
  void badFrame_leavesTheHalfTypedLineAlone(Drop reason, String digits) {
    Received received = new Received().feed("sta\6\11" + digits + "\ntus\r");
    assertEquals("status\r", received.text());
    assertEquals(1, received.dropped(reason));
    assertEquals(1, received.dropped());
  }

  /** The next line may be its rest. */
  @ParameterizedTest
  @ValueSource(strings = {"", "AAA", "AAQA", "AAkAA"})
  void lineThatEndsTooEarly_holdsTheLine_untilTheNextOneEnds(String digits) {
    Received received = new Received().feed("sta\6\11" + digits + "\nAAAA\ntus\r");
    assertEquals("status\r", received.text());
    assertEquals(1, received.dropped());
  }

  @Test
  void linesOfABadFrame_areCountedOnce() {
    byte[] wrong = FRAME.clone();
    wrong[50] = '!';
    Received received = new Received().feed(wrong).feed("text").feed(wrong);
    assertEquals(2, received.dropped(Drop.BASE64));
    assertEquals(2, received.dropped());
    assertEquals("text", received.text());
  }

  @Test
  void linesThatContinueNothing_areCountedOnce_andNeverText() {
    Received received = new Received().feed("a\4\24QUJD\n\4\24QUJD\nb\4\24\n");
    assertEquals("ab", received.text());
    assertEquals(2, received.dropped(Drop.ORPHAN));
    received.feed(FRAME).feed("\4\24QUJD\n");
    assertEquals(3, received.dropped(Drop.ORPHAN));
  }

  @Test
  void otherText_betweenTheLinesOfAFrame_abandonsIt() {
    Received received = new Received().feed(FRAME_TEXT.substring(0, 127) + "Dxyz\nstatus\r");
    assertEquals("status\r", received.text());
    assertEquals(1, received.dropped(Drop.ABANDONED));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, Long.MAX_VALUE, Long.MAX_VALUE - TIMEOUT_LESS_ONE, Long.MIN_VALUE})
  void timeout_isExact_whereverTheClockIs(long start) {
    Received received = new Received().feed("\6\11AAA", start);
    received.demultiplexer.tick(start + TIMEOUT - 1);
    assertTrue(received.demultiplexer.isInFrame());
    received.demultiplexer.tick(start + TIMEOUT);
    assertFalse(received.demultiplexer.isInFrame());
  }

  private static final long TIMEOUT_LESS_ONE = TIMEOUT - 1;

  /** After any noise, with or without silence, a frame is delivered. */
  @Test
  void validFrame_afterAnyNoise_isDelivered() {
    int rounds = 20_000;
    Map<Drop, Long> drops = new EnumMap<>(Drop.class);
    SplittableRandom random = new SplittableRandom(20_261_121);
    String[] pieces = {"\6\11", "\4\24", "\6", "\4", "\n", "\r", "=", "AAoK", "\0", "\376", "text"};
    for (int round = 0; round < rounds; round++) {
      Received received = new Received();
      int parts = random.nextInt(1, 30);
      for (int part = 0; part < parts; part++) {
        received.feed(noise(random, pieces));
      }
      int before = received.packets().size();
      received.feed(FRAME);
      assertEquals(before + 1, received.packets().size(), "round " + round);
      assertEquals(GOOD, received.packets().getLast(), "round " + round);
      for (Drop reason : Drop.values()) {
        drops.merge(reason, received.dropped(reason), Long::sum);
      }
    }
    System.out.println(
        "DemultiplexerFaultTest: "
            + rounds
            + " times noise, then a frame: all delivered; "
            + drops);
  }

  private static byte[] noise(SplittableRandom random, String[] pieces) {
    return switch (random.nextInt(4)) {
      case 0 -> random(random, random.nextInt(40));
      case 1 -> Arrays.copyOf(FRAME, random.nextInt(FRAME.length));
      case 2 -> Arrays.copyOfRange(FRAME, random.nextInt(FRAME.length), FRAME.length);
      default -> Received.latin1(pieces[random.nextInt(pieces.length)]);
    };
  }

  private static byte[] random(SplittableRandom random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
