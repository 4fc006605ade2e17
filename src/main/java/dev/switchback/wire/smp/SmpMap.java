package dev.switchback.wire.smp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORParser;
import dev.switchback.PrintableText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A CBOR map, read completely. Getters throw {@link SmpException} with {@link SmpError#INVALID} if
 * a field is missing or of another type. Immutable, except for byte strings.
 */
public final class SmpMap {
  /** Deepest nesting of maps and lists accepted, including the map itself. */
  public static final int MAX_DEPTH = 8;

  /** Most values accepted, not counting names. */
  public static final int MAX_VALUES = 4096;

  /** A map without fields. */
  public static final SmpMap EMPTY = new SmpMap(Map.of());

  /** Does not cache field names, because they come from untrusted peers. */
  private static final CBORFactory CBOR =
      CBORFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
          .build();

  private final Map<String, Object> fields;

  private SmpMap(Map<String, Object> fields) {
    this.fields = fields;
  }

  /**
   * Reads the map at the start of a range; an empty range is an empty map. Bytes after the map are
   * ignored, as in Zephyr.
   */
  public static SmpMap read(byte[] bytes, int offset, int length) throws SmpException {
    if (length == 0) {
      return EMPTY;
    }
    try (CBORParser cbor = CBOR.createParser(bytes, offset, length)) {
      return new Parser(cbor, length).message();
    } catch (SmpException e) {
      throw e;
    } catch (IOException e) {
      throw new SmpException(SmpError.INVALID, "no CBOR map: " + e.getMessage(), e);
    }
  }

  /** Parses one message. */
  private static final class Parser {
    private final CBORParser cbor;
    private final int length;
    private @Nullable ByteArrayOutputStream binary;
    private int values;

    Parser(CBORParser cbor, int length) {
      this.cbor = cbor;
      this.length = length;
    }

    SmpMap message() throws IOException {
      if (cbor.nextToken() != JsonToken.START_OBJECT) {
        throw malformed("a map expected");
      }
      return map();
    }

    private SmpMap map() throws IOException {
      Map<String, Object> fields = new LinkedHashMap<>();
      while (cbor.nextToken() == JsonToken.FIELD_NAME) {
        String name = cbor.currentName();
        Object value = value(cbor.nextToken());
        if (value != null) {
          fields.put(name, value);
        }
      }
      return new SmpMap(fields);
    }

    private List<Object> list() throws IOException {
      List<Object> elements = new ArrayList<>();
      for (JsonToken token = cbor.nextToken();
          token != JsonToken.END_ARRAY;
          token = cbor.nextToken()) {
        Object element = value(token);
        if (element == null) {
          throw malformed("null in a list");
        }
        elements.add(element);
      }
      return elements;
    }

    private @Nullable Object value(@Nullable JsonToken token) throws IOException {
      values++;
      if (token == null || values > MAX_VALUES || !cbor.getCurrentTags().isEmpty()) {
        throw malformed(token + " not expected");
      }
      return switch (token) {
        case START_OBJECT -> map();
        case START_ARRAY -> list();
        case VALUE_STRING -> cbor.getText();
        case VALUE_EMBEDDED_OBJECT -> bytes();
        case VALUE_NUMBER_INT -> cbor.getLongValue();
        case VALUE_NUMBER_FLOAT -> cbor.getDoubleValue();
        case VALUE_TRUE -> true;
        case VALUE_FALSE -> false;
        case VALUE_NULL -> null;
        default -> throw malformed(token + " not expected");
      };
    }

    /**
     * Reads a byte string. Not by {@code getBinaryValue}, which allocates any length that is
     * claimed.
     */
    private byte[] bytes() throws IOException {
      ByteArrayOutputStream bytes = binary;
      if (bytes == null) {
        bytes = new ByteArrayOutputStream(length);
        binary = bytes;
      }
      bytes.reset();
      cbor.readBinaryValue(bytes);
      return bytes.toByteArray();
    }

    private SmpException malformed(String what) {
      return new SmpException(
          SmpError.INVALID,
          "no CBOR map: " + what + " at byte " + cbor.currentTokenLocation().getByteOffset());
    }
  }

  public boolean has(String name) {
    return fields.containsKey(name);
  }

  /** Returns the field names in the order of the message, without nulls. */
  public Set<String> names() {
    return fields.keySet();
  }

  /** Returns the fields by name, each of the class that its getter expects. */
  public Map<String, Object> fields() {
    return Collections.unmodifiableMap(fields);
  }

  /** Returns a copy with all texts as {@link PrintableText}, for display. */
  public SmpMap printable() {
    Map<String, Object> shown = new LinkedHashMap<>();
    fields.forEach((name, value) -> shown.put(name, printable(value)));
    return new SmpMap(shown);
  }

  private static Object printable(Object value) {
    return switch (value) {
      case SmpMap map -> map.printable();
      case List<?> list -> list.stream().map(SmpMap::printable).toList();
      case String text -> PrintableText.of(text);
      default -> value;
    };
  }

  public long number(String name) throws SmpException {
    return get(name, Long.class);
  }

  public long number(String name, long defaultValue) throws SmpException {
    return has(name) ? number(name) : defaultValue;
  }

  /** Returns a number, with or without a fraction. */
  public double real(String name) throws SmpException {
    return get(name, Number.class).doubleValue();
  }

  public boolean flag(String name) throws SmpException {
    return get(name, Boolean.class);
  }

  public boolean flag(String name, boolean defaultValue) throws SmpException {
    return has(name) ? flag(name) : defaultValue;
  }

  public String text(String name) throws SmpException {
    return get(name, String.class);
  }

  public String text(String name, String defaultValue) throws SmpException {
    return has(name) ? text(name) : defaultValue;
  }

  /** Returns the array without copying. */
  public byte[] bytes(String name) throws SmpException {
    return get(name, byte[].class);
  }

  /** Returns the array without copying; empty if the field is missing. */
  public byte[] bytesOrEmpty(String name) throws SmpException {
    return has(name) ? bytes(name) : new byte[0];
  }

  public SmpMap map(String name) throws SmpException {
    return get(name, SmpMap.class);
  }

  public List<SmpMap> maps(String name) throws SmpException {
    return list(name, SmpMap.class);
  }

  public List<String> texts(String name) throws SmpException {
    return list(name, String.class);
  }

  /** Returns an empty list if the field is missing. */
  public List<String> textsOrEmpty(String name) throws SmpException {
    return has(name) ? texts(name) : List.of();
  }

  /** Returns the leading texts of a list, up to the first element of another type. */
  public List<String> leadingTexts(String name) throws SmpException {
    List<String> texts = new ArrayList<>();
    for (Object element : get(name, List.class)) {
      if (!(element instanceof String text)) {
        break;
      }
      texts.add(text);
    }
    return texts;
  }

  public List<Long> numbers(String name) throws SmpException {
    return list(name, Long.class);
  }

  /** Returns numbers, with or without fractions. */
  public double[] reals(String name) throws SmpException {
    return list(name, Number.class).stream().mapToDouble(Number::doubleValue).toArray();
  }

  private <T> List<T> list(String name, Class<T> type) throws SmpException {
    List<T> elements = new ArrayList<>();
    for (Object element : get(name, List.class)) {
      elements.add(cast(name, element, type));
    }
    return elements;
  }

  private <T> T get(String name, Class<T> type) throws SmpException {
    return cast(name, fields.get(name), type);
  }

  private static <T> T cast(String name, @Nullable Object value, Class<T> type)
      throws SmpException {
    if (!type.isInstance(value)) {
      throw new SmpException(
          SmpError.INVALID,
          "field '"
              + name
              + "': "
              + type.getSimpleName()
              + " expected, found "
              + (value == null ? "none" : value.getClass().getSimpleName()));
    }
    return type.cast(value);
  }
}
