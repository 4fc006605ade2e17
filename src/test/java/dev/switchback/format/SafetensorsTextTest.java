package dev.switchback.format;

import static dev.switchback.format.SafetensorsTest.HEADER;
import static dev.switchback.format.SafetensorsTest.VALUES;
import static dev.switchback.format.SafetensorsTest.file;
import static dev.switchback.format.SafetensorsTest.refusal;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTextTest {
  private static final String METADATA = "\"activations\":\"sigmoid,sigmoid\"";

  /** Returns the valid file with another header. */
  private static byte[] fileOf(byte[] header) {
    ByteBuffer file = ByteBuffer.allocate(8 + header.length + Float.BYTES * VALUES.length);
    file.order(ByteOrder.LITTLE_ENDIAN).putLong(header.length).put(header);
    for (float value : VALUES) {
      file.putFloat(value);
    }
    return file.array();
  }

  private static String beginning(String found) {
    return "safetensors header, byte 0: '{' and then text in UTF-8 expected, found bytes " + found;
  }

  private static String withMetadata(String more) {
    return HEADER.replace(METADATA, METADATA + "," + more);
  }

  @Test
  void headersInOtherEncodingsThanUtf8AreRefused() {
    assertEquals(beginning("7b 00"), refusal(fileOf(HEADER.getBytes(UTF_16LE))));
    assertEquals(beginning("00 7b"), refusal(fileOf(HEADER.getBytes(UTF_16BE))));
    byte[] utf32 = HEADER.getBytes(Charset.forName("UTF-32LE"));
    assertEquals(beginning("7b 00"), refusal(fileOf(utf32)));
  }

  @Test
  void nothingMayStandBeforeTheBrace() {
    assertEquals(beginning("ef bb"), refusal(fileOf(("\ufeff" + HEADER).getBytes(UTF_8))));
    assertEquals(beginning("20 7b"), refusal(file(" " + HEADER)));
    assertEquals(beginning("5b 31"), refusal(file("[1, 2]")));
    assertEquals(beginning("6e 6f"), refusal(file("nonsense")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"eda080", "e08080", "c080", "f7bfbfbf", "ff", "80", "c3"})
  void bytesThatAreNoUtf8AreRefusedWithTheirPlace(String hex) {
    String header = withMetadata("\"note\":\"" + "@".repeat(hex.length() / 2) + "\"");
    byte[] bytes = header.getBytes(UTF_8);
    int at = header.indexOf('@');
    for (int k = 0; k < hex.length() / 2; k++) {
      bytes[at + k] = (byte) Integer.parseInt(hex, 2 * k, 2 * k + 2, 16);
    }
    assertEquals(
        "safetensors header, byte " + at + ": UTF-8 expected, found other bytes",
        refusal(fileOf(bytes)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\ud800", "\\udc00", "x\\udc00\\ud800", "\\ud83d.\\ude00"})
  void halvesOfSurrogatePairsAreRefused(String escaped) {
    assertEquals(
        "metadata 'note': half of a surrogate pair, text expected",
        refusal(file(withMetadata("\"note\":\"" + escaped + "\""))));
    assertThrows(
        FormatException.class,
        () -> Safetensors.read(file(withMetadata("\"" + escaped + "\":\"\""))));
  }

  @Test
  void halvesOfAPairAreNotJoinedAcrossKeyAndValue() {
    refusal(file(withMetadata("\"\\ud83d\":\"\\ude00\"")));
  }

  @Test
  void textBeyondTheFirstPlaneIsReadEscapedOrNot() throws FormatException {
    for (String note : new String[] {"\\ud83d\\ude00", "\ud83d\ude00"}) {
      byte[] file = file(withMetadata("\"note\":\"" + note + "\""));
      assertEquals("\ud83d\ude00", Safetensors.read(file).metadata().get("note"));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {65528, 65529, 65535, 65536})
  void theLongestHeaderThatIsReadIsWritten(int headerBytes) throws FormatException {
    String empty = withMetadata("\"note\":\"\"");
    String note = "x".repeat(headerBytes - empty.length());
    byte[] file = file(empty.replace("\"note\":\"", "\"note\":\"" + note));
    Safetensors.Content content = Safetensors.read(file);
    byte[] written = Safetensors.write(content.parameters(), content.metadata());
    assertEquals(content, Safetensors.read(written));
  }

  @Test
  void aLongerHeaderIsNotWritten() throws FormatException {
    Safetensors.Content content = Safetensors.read(file(HEADER));
    Map<String, String> metadata =
        Map.of("note", "x".repeat(65537 - withMetadata("\"note\":\"\"").length()));
    assertEquals(
        "metadata make a header of 65537 bytes",
        assertThrows(
                IllegalArgumentException.class,
                () -> Safetensors.write(content.parameters(), metadata))
            .getMessage());
    assertArrayEquals(VALUES, content.parameters().toArray());
  }
}
