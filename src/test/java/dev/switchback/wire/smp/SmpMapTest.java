package dev.switchback.wire.smp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmpMapTest {
  /** Every type, in a definite map. */
  private static final String ALL =
      "a8"
          + "616e1903e8" // n: 1000
          + "616d20" // m: -1
          + "6172fb3ff8000000000000" // r: 1.5
          + "6174626869" // t: hi
          + "616242feff" // b: bytes
          + "6166f5" // f: true
          + "616c820102" // l: [1, 2]
          + "6173a16178f93e00"; // s: {x: 1.5 in 16 bits}

  private static SmpMap read(String hex) throws SmpException {
    byte[] bytes = HexFormat.of().parseHex("00" + hex + "00");
    return SmpMap.read(bytes, 1, bytes.length - 2);
  }

  private static void assertInvalid(Executable reading) {
    SmpException e = assertThrows(SmpException.class, reading);
    assertEquals(SmpError.INVALID, e.error());
  }

  @Test
  void everyTypeIsRead() throws SmpException {
    SmpMap map = read(ALL);
    assertEquals(1000, map.number("n"));
    assertEquals(-1, map.number("m"));
    assertEquals(1.5, map.real("r"));
    assertEquals(1000, map.real("n"));
    assertEquals("hi", map.text("t"));
    assertArrayEquals(new byte[] {-2, -1}, map.bytes("b"));
    assertTrue(map.flag("f", false));
    assertEquals(List.of(1L, 2L), map.numbers("l"));
    assertArrayEquals(new double[] {1, 2}, map.reals("l"));
    assertEquals(1.5, map.map("s").real("x"));
    assertEquals("[n, m, r, t, b, f, l, s]", map.names().toString());
  }

  @Test
  void indefiniteFormsAreTheSame() throws SmpException {
    assertEquals(List.of("a", "b"), read("bf616c9f61616162ffff").texts("l"));
    assertEquals("ab", read("bf61747f61616162ffff").text("t"));
    assertArrayEquals(new byte[] {1, 2}, read("bf61625f41014102ffff").bytes("b"));
    assertEquals(2, read("bf616c9fa0bfffffff").maps("l").size());
  }

  @Test
  void noBytesAreAnEmptyMap() throws SmpException {
    assertEquals(0, read("").names().size());
    assertEquals(0, read("a0").names().size());
    assertEquals(0, read("bfff").names().size());
  }

  @Test
  void whatIsMissingHasADefaultOrIsAnError() throws SmpException {
    SmpMap map = read("a0");
    assertEquals(7, map.number("n", 7));
    assertEquals("x", map.text("t", "x"));
    assertTrue(map.flag("f", true));
    assertFalse(map.has("n"));
    assertInvalid(() -> map.number("n"));
    assertInvalid(() -> map.bytes("n"));
    assertInvalid(() -> map.maps("n"));
  }

  @Test
  void nullIsTheSameAsMissing() throws SmpException {
    assertFalse(read("a1616ef6").has("n"));
  }

  @Test
  void anotherTypeIsAnErrorEvenWhereThereIsADefault() throws SmpException {
    SmpMap map = read(ALL);
    assertInvalid(() -> map.number("r", 1));
    assertInvalid(() -> map.text("n", ""));
    assertInvalid(() -> map.flag("n", true));
    assertInvalid(() -> map.texts("l"));
    assertInvalid(() -> map.map("l"));
    assertInvalid(() -> map.numbers("s"));
  }

  /** As in Zephyr, bytes after the map are ignored, such as padding of the sender. */
  @ParameterizedTest
  @ValueSource(strings = {"a100", "a161610100", "bf616101ffff", "a16161016162"})
  void bytesBehindTheMapAreLeftAlone(String hex) throws SmpException {
    assertEquals(hex.startsWith("a100") ? 0 : 1, read(hex.replace("a100", "a000")).names().size());
  }

  @Test
  void theMessageNamesFieldAndType() throws SmpException {
    SmpMap map = read(ALL);
    SmpException e = assertThrows(SmpException.class, () -> map.number("t"));
    assertEquals("field 't': Long expected, found String", e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ff",
        "ffff",
        "00",
        "80",
        "6161",
        "f6", // no map
        "a1",
        "a161",
        "a16161",
        "bf",
        "bf6161",
        "bf616101", // cut off
        "a2616101616102", // a name twice
        "a16161ff", // a break as a value
        "a161617a7fffffff",
        "a161615a7fffffff61",
        "a161619a7fffffff01",
        "ba7fffffff", // lengths
        "a161611bffffffffffffffff",
        "a161613bffffffffffffffff", // beyond 64 bits
        "a16161c11a00000000", // a tag
        "a1616161ff", // text that is no UTF-8
        "a16161811c",
        "a161611f", // reserved lengths
        "a1616c81f6" // null in a list
      })
  void whatIsNoMapIsInvalid(String hex) {
    assertInvalid(() -> read(hex));
  }

  @ParameterizedTest
  @CsvSource({
    "a10001, 0, 1", // a number as a name
    "a16161c24107, a, 7", // a number of any length
    "a16161f7, a, null", // undefined
  })
  void whatOtherEncodersMayWriteIsHarmless(String hex, String name, String value)
      throws SmpException {
    SmpMap map = read(hex);
    assertEquals(value, map.has(name) ? "" + map.number(name) : "null");
  }

  @ParameterizedTest
  @CsvSource({"8, true", "9, false"})
  void nestingHasALimit(int depth, boolean isRead) throws SmpException {
    String hex = "a16161" + "81".repeat(depth - 2) + "80";
    if (isRead) {
      assertTrue(read(hex).has("a"));
    } else {
      assertInvalid(() -> read(hex));
    }
  }

  @Test
  void theNumberOfValuesHasALimit() throws SmpException {
    int most = SmpMap.MAX_VALUES - 1;
    assertEquals(most, read("bf616c9f" + "00".repeat(most) + "ffff").numbers("l").size());
    assertInvalid(() -> read("bf616c9f" + "00".repeat(most + 1) + "ffff"));
  }
}
