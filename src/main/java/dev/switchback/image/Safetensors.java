package dev.switchback.image;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.switchback.nn.Activation;
import dev.switchback.nn.Parameters;
import dev.switchback.nn.Topology;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The safetensors form of a network, as Python's {@code safetensors} reads and writes it.
 *
 * <pre>
 *   u64 LE N | N bytes of JSON, padded with spaces to a multiple of 8 | F32 LE values
 *   {"__metadata__":{"activations":"sigmoid,sigmoid",...},
 *    "W1":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]},"b1":{...},"W2":...}
 * </pre>
 *
 * Weights {@code Wk} are [in, out], biases {@code bk} [out], k from 1; the values lie in the
 * documented order of {@link Topology} when we write, and in any order that tiles the buffer when
 * we read.
 */
public final class Safetensors {
  /** Metadata key: activation labels joined by commas, one per dense layer. */
  public static final String ACTIVATIONS = "activations";

  /** Largest header we read, in bytes. */
  public static final int MAX_HEADER_BYTES = 64 * 1024;

  private static final int LENGTH_BYTES = 8;
  private static final String METADATA = "__metadata__";
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private Safetensors() {}

  /**
   * A network read from a file.
   *
   * @param metadata all of it, the activations included
   */
  public record Content(Parameters parameters, Map<String, String> metadata) {}

  /** One entry of the header; offsets are relative to the buffer. */
  private record Tensor(String name, List<Integer> shape, long begin, long end) {}

  /**
   * The bytes of a file.
   *
   * @param metadata further metadata; the activations are added
   */
  public static byte[] write(Parameters parameters, Map<String, String> metadata) {
    Topology topology = parameters.topology();
    byte[] header = header(topology, metadata);
    if (header.length > MAX_HEADER_BYTES - 8) {
      throw new IllegalArgumentException("metadata make a header of " + header.length + " bytes");
    }
    int padded = Math.ceilDiv(header.length, 8) * 8;
    float[] values = parameters.toArray();
    ByteBuffer file =
        ByteBuffer.allocate(LENGTH_BYTES + padded + Float.BYTES * values.length)
            .order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(padded).put(header);
    while (file.position() < LENGTH_BYTES + padded) {
      file.put((byte) ' ');
    }
    for (float value : values) {
      file.putFloat(value);
    }
    return file.array();
  }

  private static byte[] header(Topology topology, Map<String, String> metadata) {
    Map<String, String> all = new TreeMap<>(metadata);
    all.put(ACTIVATIONS, topology.activationLabels());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeObjectFieldStart(METADATA);
      for (Map.Entry<String, String> entry : all.entrySet()) {
        json.writeStringField(entry.getKey(), entry.getValue());
      }
      json.writeEndObject();
      for (int l = 0; l < topology.layers(); l++) {
        int weights = topology.offset(l);
        int biases = topology.index(l, topology.fanIn(l), 0);
        writeTensor(json, "W" + (l + 1), weights, biases, topology.fanIn(l), topology.fanOut(l));
        writeTensor(json, "b" + (l + 1), biases, topology.offset(l + 1), topology.fanOut(l));
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory cannot fail", e);
    }
    return bytes.toByteArray();
  }

  private static void writeTensor(JsonGenerator json, String name, int from, int to, int... shape)
      throws IOException {
    json.writeObjectFieldStart(name);
    json.writeStringField("dtype", "F32");
    json.writeFieldName("shape");
    json.writeArray(shape, 0, shape.length);
    json.writeFieldName("data_offsets");
    json.writeArray(new int[] {from * Float.BYTES, to * Float.BYTES}, 0, 2);
    json.writeEndObject();
  }

  /**
   * Reads a file.
   *
   * @throws FormatException naming the first check that failed
   */
  public static Content read(byte[] file) throws FormatException {
    if (file.length < LENGTH_BYTES) {
      throw new FormatException("no safetensors: " + file.length + " bytes, at least 8 expected");
    }
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    long headerBytes = bytes.getLong(0);
    if (headerBytes < 2 || headerBytes > Math.min(MAX_HEADER_BYTES, file.length - LENGTH_BYTES)) {
      throw new FormatException(
          "no safetensors: header length at offset 0 is "
              + Long.toUnsignedString(headerBytes)
              + ", expected 2 to "
              + Math.min(MAX_HEADER_BYTES, file.length - LENGTH_BYTES));
    }
    Map<String, String> metadata = new HashMap<>();
    Map<String, Tensor> tensors = new TreeMap<>();
    readHeader(file, (int) headerBytes, metadata, tensors);
    int data = LENGTH_BYTES + (int) headerBytes;
    requireTiled(tensors, file.length - data);
    return new Content(parameters(bytes, data, tensors, topology(metadata, tensors)), metadata);
  }

  private static void readHeader(
      byte[] file, int length, Map<String, String> metadata, Map<String, Tensor> tensors)
      throws FormatException {
    try (JsonParser json = JSON.createParser(file, LENGTH_BYTES, length)) {
      expect(json, json.nextToken(), JsonToken.START_OBJECT);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        expect(json, json.nextToken(), JsonToken.START_OBJECT);
        if (name.equals(METADATA)) {
          readMetadata(json, metadata);
        } else {
          tensors.put(name, readTensor(json, name));
        }
      }
      expect(json, json.currentToken(), JsonToken.END_OBJECT);
      if (json.nextToken() != null) {
        throw new FormatException("safetensors header: text after the closing brace");
      }
    } catch (JsonProcessingException e) {
      throw new FormatException("safetensors header: " + e.getOriginalMessage(), e);
    } catch (FormatException e) {
      throw e;
    } catch (IOException e) {
      throw new FormatException("safetensors header: " + e.getMessage(), e);
    }
  }

  private static void expect(JsonParser json, @Nullable JsonToken found, JsonToken expected)
      throws FormatException {
    if (found == null) {
      throw new FormatException("safetensors header: " + expected + " expected, found its end");
    }
    if (found != expected) {
      throw new FormatException(
          "safetensors header, byte "
              + json.currentTokenLocation().getByteOffset()
              + ": "
              + expected
              + " expected, found "
              + found);
    }
  }

  private static void readMetadata(JsonParser json, Map<String, String> metadata)
      throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = json.currentName();
      expect(json, json.nextToken(), JsonToken.VALUE_STRING);
      metadata.put(key, json.getText());
    }
  }

  private static Tensor readTensor(JsonParser json, String name) throws IOException {
    String dtype = "none";
    long[] shape = {};
    long[] offsets = {};
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = json.currentName();
      json.nextToken();
      switch (key) {
        case "dtype" -> dtype = json.getText();
        case "shape" -> shape = readNumbers(json);
        case "data_offsets" -> offsets = readNumbers(json);
        default -> throw new FormatException("tensor " + name + ": unknown field '" + key + "'");
      }
    }
    if (!dtype.equals("F32")) {
      throw new FormatException("tensor " + name + ": dtype is " + dtype + ", F32 expected");
    }
    return tensor(name, shape, offsets);
  }

  private static long[] readNumbers(JsonParser json) throws IOException {
    expect(json, json.currentToken(), JsonToken.START_ARRAY);
    List<Long> numbers = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      expect(json, json.currentToken(), JsonToken.VALUE_NUMBER_INT);
      numbers.add(json.getLongValue());
    }
    return numbers.stream().mapToLong(Long::longValue).toArray();
  }

  private static Tensor tensor(String name, long[] shape, long[] offsets) throws FormatException {
    if (shape.length < 1 || shape.length > 2) {
      throw new FormatException(
          "tensor " + name + ": shape has " + shape.length + " dimensions, 1 or 2 expected");
    }
    long values = 1;
    List<Integer> dimensions = new ArrayList<>();
    for (long dimension : shape) {
      if (dimension < 1 || dimension > Topology.MAX_WIDTH) {
        throw new FormatException(
            "tensor "
                + name
                + ": dimension "
                + dimension
                + ", 1 to "
                + Topology.MAX_WIDTH
                + " expected");
      }
      dimensions.add((int) dimension);
      values *= dimension;
    }
    if (offsets.length != 2 || offsets[0] < 0 || offsets[1] - offsets[0] != values * Float.BYTES) {
      throw new FormatException(
          "tensor "
              + name
              + ": data_offsets "
              + Arrays.toString(offsets)
              + " do not hold "
              + values
              + " floats");
    }
    return new Tensor(name, dimensions, offsets[0], offsets[1]);
  }

  /** The ranges must cover the buffer without holes, overlaps or a rest. */
  private static void requireTiled(Map<String, Tensor> tensors, int bufferBytes)
      throws FormatException {
    List<Tensor> byOffset = new ArrayList<>(tensors.values());
    byOffset.sort((a, b) -> Long.compare(a.begin, b.begin));
    long end = 0;
    for (Tensor tensor : byOffset) {
      if (tensor.begin != end) {
        throw new FormatException(
            "tensor " + tensor.name + ": begins at " + tensor.begin + ", expected " + end);
      }
      end = tensor.end;
    }
    if (end != bufferBytes) {
      throw new FormatException(
          "safetensors buffer: " + bufferBytes + " bytes, the tensors hold " + end);
    }
  }

  private static Topology topology(Map<String, String> metadata, Map<String, Tensor> tensors)
      throws FormatException {
    if (tensors.isEmpty() || tensors.size() % 2 != 0) {
      throw new FormatException(
          tensors.size() + " tensors; a network has a W and a b for each layer");
    }
    int layers = tensors.size() / 2;
    int[] widths = new int[layers + 1];
    for (int l = 0; l < layers; l++) {
      List<Integer> weights = shape(tensors, "W" + (l + 1), 2);
      List<Integer> biases = shape(tensors, "b" + (l + 1), 1);
      if (!biases.getFirst().equals(weights.get(1)) || (l > 0 && weights.getFirst() != widths[l])) {
        throw new FormatException(
            "tensors W"
                + (l + 1)
                + " "
                + weights
                + " and b"
                + (l + 1)
                + " "
                + biases
                + " do not fit their neighbours");
      }
      widths[l] = weights.getFirst();
      widths[l + 1] = weights.get(1);
    }
    return topology(widths, metadata.get(ACTIVATIONS));
  }

  private static Topology topology(int[] widths, @Nullable String activationLabels)
      throws FormatException {
    if (activationLabels == null) {
      throw new FormatException(
          "metadata '"
              + ACTIVATIONS
              + "' is missing; expected one label per layer, such as"
              + " sigmoid,sigmoid");
    }
    if (widths.length - 1 > Topology.MAX_LAYERS) {
      throw new FormatException(
          (widths.length - 1) + " layers, at most " + Topology.MAX_LAYERS + " expected");
    }
    try {
      Activation[] activations =
          Arrays.stream(activationLabels.split(",", -1))
              .map(Activation::of)
              .toArray(Activation[]::new);
      return new Topology(widths, activations);
    } catch (IllegalArgumentException e) {
      throw new FormatException("metadata '" + ACTIVATIONS + "': " + e.getMessage(), e);
    }
  }

  private static List<Integer> shape(Map<String, Tensor> tensors, String name, int dimensions)
      throws FormatException {
    Tensor tensor = named(tensors, name);
    if (tensor.shape.size() != dimensions) {
      throw new FormatException(
          "tensor "
              + name
              + ": shape "
              + tensor.shape
              + ", "
              + dimensions
              + " dimensions expected");
    }
    return tensor.shape;
  }

  private static Tensor named(Map<String, Tensor> tensors, String name) throws FormatException {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new FormatException("tensor " + name + " is missing, found " + tensors.keySet());
    }
    return tensor;
  }

  private static Parameters parameters(
      ByteBuffer bytes, int data, Map<String, Tensor> tensors, Topology topology)
      throws FormatException {
    float[] values = new float[topology.parameterCount()];
    for (int l = 0; l < topology.layers(); l++) {
      int biases = topology.index(l, topology.fanIn(l), 0);
      copy(bytes, data, named(tensors, "W" + (l + 1)), values, topology.offset(l));
      copy(bytes, data, named(tensors, "b" + (l + 1)), values, biases);
    }
    return Parameters.of(topology, values);
  }

  private static void copy(ByteBuffer bytes, int data, Tensor tensor, float[] values, int at)
      throws FormatException {
    int count = (int) (tensor.end - tensor.begin) / Float.BYTES;
    for (int k = 0; k < count; k++) {
      float value = bytes.getFloat(data + (int) tensor.begin + k * Float.BYTES);
      if (!Float.isFinite(value)) {
        throw new FormatException("tensor " + tensor.name + ": value " + k + " is " + value);
      }
      values[at + k] = value;
    }
  }
}
