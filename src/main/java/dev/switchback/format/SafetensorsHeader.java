package dev.switchback.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The header of a safetensors file: metadata, and tensors by name. */
record SafetensorsHeader(Map<String, String> metadata, Map<String, Entry> entries) {
  /** The member that is not a tensor. */
  static final String METADATA = "__metadata__";

  private static final String WHAT = "safetensors header";

  /** A tensor; offsets are relative to the buffer. */
  record Entry(String name, ElementType type, Shape shape, long begin, long end) {}

  /**
   * Reads a header.
   *
   * @param file holds the header at {@code offset}
   * @param length at least 2
   * @throws FormatException naming the first check that failed
   */
  static SafetensorsHeader parse(byte[] file, int offset, int length) throws FormatException {
    requireText(file, offset, length);
    JsonText json = new JsonText(WHAT, file, offset, offset + length);
    SafetensorsHeader header = new SafetensorsHeader(new HashMap<>(), new TreeMap<>());
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
      entries.put(name, new Fields(name).read(json));
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
    private String dtype = "none";
    private List<Long> shape = List.of();
    private List<Long> offsets = List.of();

    Fields(String tensor) {
      this.tensor = tensor;
    }

    Entry read(JsonText json) throws FormatException {
      json.readObject(key -> readField(json, key));
      ElementType type = elementType();
      return entry(type, Shape.of(tensor, shape));
    }

    private void readField(JsonText json, String key) throws FormatException {
      switch (key) {
        case "dtype" -> dtype = json.readString();
        case "shape" -> shape = json.readIntegers();
        case "data_offsets" -> offsets = json.readIntegers();
        default -> throw new FormatException("tensor " + tensor + ": unknown field '" + key + "'");
      }
    }

    private ElementType elementType() throws FormatException {
      return switch (dtype) {
        case "F32" -> ElementType.F32;
        case "F64" -> ElementType.F64;
        default ->
            throw new FormatException(
                "tensor " + tensor + ": dtype is " + dtype + ", F32 or F64 expected");
      };
    }

    private Entry entry(ElementType type, Shape declared) throws FormatException {
      if (offsets.size() != 2
          || offsets.getFirst() < 0
          || offsets.getLast() - offsets.getFirst() != (long) declared.values() * type.bytes()) {
        throw new FormatException(
            "tensor %s: data_offsets %s do not hold %s values of %s"
                .formatted(tensor, offsets, declared.values(), type));
      }
      return new Entry(tensor, type, declared, offsets.getFirst(), offsets.getLast());
    }
  }
}
