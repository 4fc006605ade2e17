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
 * A CBOR map, read whole. Getters throw {@link SmpException} with {@link SmpError#INVALID} for a
 * field that is missing or of another type. Immutable, but for the byte strings.
 */
public final class SmpMap {
  /** The deepest nesting of maps and lists that is read, the map itself included. */
  public static final int MAX_DEPTH = 8;

  /** How many values, names not counted, that are read. */
  public static final int MAX_VALUES = 2048;

  /** A map without fields. */
  public static final SmpMap EMPTY = new SmpMap(Map.of());

  /** Names are not kept from one message to the next: they come from anybody. */
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
   * Reads the map that these bytes begin with; none at all are an empty one. What stands behind it
   * is left alone, as Zephyr does.
   */
  public static SmpMap read(byte[] bytes, int offset, int length) throws SmpException {
    if (length == 0) {
      return EMPTY;
    }
    try (CBORParser cbor = CBOR.createParser(bytes, offset, length)) {
      return new Reading(cbor, length).whole();
    } catch (SmpException e) {
      throw e;
    } catch (IOException e) {
      throw new SmpException(SmpError.INVALID, "no CBOR map: " + e.getMessage(), e);
    }
  }

  /** One message as it is read. */
  private static final class Reading {
    private final CBORParser cbor;
    private final int length;
    private @Nullable ByteArrayOutputStream binary;
    private int values;

    Reading(CBORParser cbor, int length) {
      this.cbor = cbor;
      this.length = length;
    }

    SmpMap whole() throws IOException {
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

    /** Not by {@code getBinaryValue}, which makes an array of any length that is claimed. */
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

  /** In the order of the message; nulls are not there. */
  public Set<String> names() {
    return fields.keySet();
  }

  /** All of them by name, each of the class that its getter asks for. */
  public Map<String, Object> fields() {
    return Collections.unmodifiableMap(fields);
  }

  /** The same with every text as {@link PrintableText}, for whoever shows what a peer says. */
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

  public long number(String name, long otherwise) throws SmpException {
    return has(name) ? number(name) : otherwise;
  }

  /** A number with a fraction or without. */
  public double real(String name) throws SmpException {
    return get(name, Number.class).doubleValue();
  }

  public boolean flag(String name, boolean otherwise) throws SmpException {
    return has(name) ? get(name, Boolean.class) : otherwise;
  }

  public String text(String name) throws SmpException {
    return get(name, String.class);
  }

  public String text(String name, String otherwise) throws SmpException {
    return has(name) ? text(name) : otherwise;
  }

  /** The message's own array. */
  public byte[] bytes(String name) throws SmpException {
    return get(name, byte[].class);
  }

  /** The message's own array; empty if there is no such field. */
  public byte[] bytesIfAny(String name) throws SmpException {
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

  /** None if there is no such field. */
  public List<String> textsIfAny(String name) throws SmpException {
    return has(name) ? texts(name) : List.of();
  }

  /** The texts that a list begins with, up to the first element that is none. */
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

  /** Numbers with fractions or without. */
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
