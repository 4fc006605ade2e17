package dev.switchback.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The header of a safetensors file: metadata, and tensors by name.
 *
 * @param isOurs whether only tensors that a network of ours may have are accepted
 */
record SafetensorsHeader(Map<String, String> metadata, Map<String, Entry> entries, boolean isOurs) {
  /** The member that is not a tensor. */
  static final String METADATA = "__metadata__";

  private static final String WHAT = "safetensors header";

  private static final Map<String, ElementType> ELEMENT_TYPES =
      Arrays.stream(ElementType.values())
          .collect(Collectors.toMap(Enum::name, Function.identity()));

  /**
   * A tensor; offsets are relative to the buffer.
   *
   * @param type null if {@code dtype} is none of ours
   */
  record Entry(
      String name, String dtype, @Nullable ElementType type, Shape shape, long begin, long end) {}

  /**
   * Reads a header.
   *
   * @param file holds the header at {@code offset}
   * @param length at least 2
   * @param isOurs whether only tensors that a network of ours may have are accepted
   * @throws FormatException naming the first check that failed
   */
  static SafetensorsHeader parse(byte[] file, int offset, int length, boolean isOurs)
      throws FormatException {
    requireText(file, offset, length);
    JsonText json = new JsonText(WHAT, file, offset, offset + length);
    SafetensorsHeader header = new SafetensorsHeader(new HashMap<>(), new TreeMap<>(), isOurs);
    json.readObject(name -> header.readMember(json, name));
    json.requireEnd();
    return header;
  }

  /** Refuses bytes that are not UTF-8 or may be UTF-16. */
  private static void requireText(byte[] file, int offset, int length) throws FormatException {
    if (file[offset] != '{' || file[offset + 1] == 0) {
      throw new FormatException(
          WHAT
              + ", byte 0: '{' and then text in UTF-8 expected, found bytes "
              + HexFormat.ofDelimiter(" ").formatHex(file, offset, offset + 2));
    }
    ByteBuffer text = ByteBuffer.wrap(file, offset, length);
    if (UTF_8.newDecoder().decode(text, CharBuffer.allocate(length), true).isError()) {
      throw new FormatException(
          WHAT + ", byte " + (text.position() - offset) + ": UTF-8 expected, found other bytes");
    }
  }

  private void readMember(JsonText json, String name) throws FormatException {
    if (name.equals(METADATA)) {
      json.readObject(key -> metadata.put(key, text(key, json.readString())));
    } else {
      entries.put(name, new Fields(name, isOurs).read(json));
    }
  }

  private static String text(String key, String value) throws FormatException {
    if (hasUnpairedSurrogate(key) || hasUnpairedSurrogate(value)) {
      throw new FormatException("metadata '" + key + "': half of a surrogate pair, text expected");
    }
    return value;
  }

  private static boolean hasUnpairedSurrogate(String text) {
    return text.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE);
  }

  /** The fields of a tensor read so far. */
  private static final class Fields {
    private final String tensor;
    private final boolean isOurs;
    private String dtype = "none";
    private List<Long> shape = List.of();
    private List<Long> offsets = List.of();

    Fields(String tensor, boolean isOurs) {
      this.tensor = tensor;
      this.isOurs = isOurs;
    }

    Entry read(JsonText json) throws FormatException {
      json.readObject(key -> readField(json, key));
      ElementType type = elementType();
      return entry(type, isOurs ? Shape.ofLayer(tensor, shape) : Shape.of(tensor, shape));
    }

    private void readField(JsonText json, String key) throws FormatException {
      switch (key) {
        case "dtype" -> dtype = json.readString();
        case "shape" -> shape = json.readIntegers();
        case "data_offsets" -> offsets = json.readIntegers();
        default -> throw new FormatException("tensor " + tensor + ": unknown field '" + key + "'");
      }
    }

    private @Nullable ElementType elementType() throws FormatException {
      ElementType known = ELEMENT_TYPES.get(dtype);
      if (isOurs && known != ElementType.F32 && known != ElementType.F64) {
        throw new FormatException(
            "tensor " + tensor + ": dtype is " + dtype + ", F32 or F64 expected");
      }
      return known;
    }

    private Entry entry(@Nullable ElementType type, Shape declared) throws FormatException {
      boolean isRange = offsets.size() == 2 && offsets.getFirst() >= 0;
      long bytes = isRange ? offsets.getLast() - offsets.getFirst() : -1;
      // Types of less than a byte, which we lack, make any number of bytes.
      boolean fits =
          type == null
              ? bytes >= 0
              : bytes % type.bytes() == 0 && bytes / type.bytes() == declared.values();
      if (!isRange || !fits) {
        throw new FormatException(
            "tensor %s: data_offsets %s do not hold %s values of %s"
                .formatted(tensor, offsets, declared.values(), dtype));
      }
      return new Entry(tensor, dtype, type, declared, offsets.getFirst(), offsets.getLast());
    }
  }
}
