package dev.switchback.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {
  private static JsonText json(String text) {
    byte[] bytes = ("##" + text + "##").getBytes(UTF_8);
    return new JsonText("text", bytes, 2, bytes.length - 2);
  }

  private static Map<String, String> strings(String text) throws FormatException {
    JsonText json = json(text);
    Map<String, String> strings = new LinkedHashMap<>();
    json.readObject(name -> strings.put(name, json.readString()));
    json.requireEnd();
    return strings;
  }

  private static List<Long> integers(String text) throws FormatException {
    JsonText json = json(text);
    List<Long> integers = json.readIntegers();
    json.requireEnd();
    return integers;
  }

  @Test
  void spacesMayStandBetweenAnything() throws FormatException {
    assertEquals(Map.of("a", "b", "", " c "), strings("{ \"a\"\t:\n\"b\" ,\r\"\":\" c \" }\n"));
    assertEquals(List.of(0L, -1L, 23L), integers(" [ 0 ,\t-1\n, 23 ] "));
    assertEquals(Map.of(), strings("{ }"));
    assertEquals(List.of(), integers("[ ]"));
  }

  @Test
  void integersReachTheEndsOf64Bits() throws FormatException {
    assertEquals(
        List.of(Long.MIN_VALUE, Long.MAX_VALUE, 0L),
        integers("[" + Long.MIN_VALUE + "," + Long.MAX_VALUE + ",-0]"));
  }

  @Test
  void escapesAreThoseOfJson() throws FormatException {
    assertEquals(
        Map.of("\"\\/", "\b\f\n\r\t\u00e9\u20ac\ud83d\ude00"),
        strings("{\"\\\"\\\\\\/\":\"\\b\\f\\n\\r\\t\\u00e9\\u20AC\\ud83d\\uDE00\"}"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void readsWhatJacksonWrites(boolean isEscaped) throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    JsonFactory factory =
        JsonFactory.builder().configure(JsonWriteFeature.ESCAPE_NON_ASCII, isEscaped).build();
    for (int run = 0; run < 2000; run++) {
      Map<String, String> written = new LinkedHashMap<>();
      StringWriter text = new StringWriter();
      try (JsonGenerator generator = factory.createGenerator(text)) {
        generator.writeStartObject();
        for (int k = 0; k < 3; k++) {
          String name = k + string(random);
          written.put(name, string(random));
          generator.writeStringField(name, written.get(name));
        }
        generator.writeEndObject();
      }
      assertEquals(written, strings(text.toString()));
    }
  }

  private static String string(SplittableRandom random) {
    int[] limits = {0x20, 0x80, 0x800, 0xd800, 0x110000};
    StringBuilder text = new StringBuilder();
    for (int k = random.nextInt(8); k > 0; k--) {
      int c = random.nextInt(limits[random.nextInt(limits.length)]);
      text.appendCodePoint(Character.getType(c) == Character.SURROGATE ? 'x' : c);
    }
    return text.toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{            | byte 1: '\"' expected, found the end",
        "{\"a\":\"b\",}   | byte 9: '\"' expected, found '}'",
        "{\"a\":\"b\" \"c\"} | byte 9: '}' expected, found '\"'",
        "{\"a\" \"b\"}    | byte 5: ':' expected, found '\"'",
        "{\"a\":\"b\"}x   | byte 9: the end expected, found 'x'",
        "{\"a\":'b'}    | byte 5: '\"' expected, found '''",
        "{\"a\":\"b      | byte 7: text or its closing quote expected, found the end",
        "{\"a\":\"\\x\"}   | byte 7: an escape of JSON expected, found 'x'",
        "{\"a\":\"\\u12g4\"} | byte 10: a hex digit expected, found 'g'",
        "{\"a\":\"\\       | byte 7: an escape of JSON expected, found the end",
        "{\"a\":\"\\u1     | byte 9: a hex digit expected, found the end",
        "{a:\"b\"}       | byte 1: '\"' expected, found 'a'",
        "null         | byte 0: '{' expected, found 'n'"
      })
  void whatIsNoObjectOfTextIsRefused(String text, String message) {
    assertEquals(
        "text, " + message, assertThrows(FormatException.class, () -> strings(text)).getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[1,]    | byte 3: an integer expected, found ']'",
        "[01]    | byte 2: ']' expected, found '1'",
        "[-]     | byte 2: an integer expected, found ']'",
        "[--1]   | byte 2: an integer expected, found '-'",
        "[+1]    | byte 1: an integer expected, found '+'",
        "[1.0]   | byte 2: ']' expected, found '.'",
        "[1e2]   | byte 2: ']' expected, found 'e'",
        "[1      | byte 2: ']' expected, found the end",
        "[1 2]   | byte 3: ']' expected, found '2'",
        "[[1]]   | byte 1: an integer expected, found '['",
        "[9223372036854775808]  | byte 1: an integer of 64 bits expected, found '9'",
        "[-9223372036854775809] | byte 1: an integer of 64 bits expected, found '-'"
      })
  void whatIsNoListOfIntegersIsRefused(String text, String message) {
    assertEquals(
        "text, " + message, assertThrows(FormatException.class, () -> integers(text)).getMessage());
  }

  @Test
  void controlCharactersAreRefused() {
    List<String> messages = new ArrayList<>();
    for (String text : List.of("{\"a\nb\":\"\"}", "{\0}")) {
      messages.add(assertThrows(FormatException.class, () -> strings(text)).getMessage());
    }
    assertEquals(
        List.of(
            "text, byte 3: text or its closing quote expected, found byte 0a",
            "text, byte 1: '\"' expected, found byte 00"),
        messages);
  }

  @Test
  void twoOfOneNameAreRefused() {
    assertEquals(
        "text: field 'ab' is there twice",
        assertThrows(FormatException.class, () -> strings("{\"ab\":\"\",\"\\u0061b\":\"\"}"))
            .getMessage());
  }
}
