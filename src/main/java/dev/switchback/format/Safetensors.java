package dev.switchback.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Topology;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The safetensors form of a network, as Python's {@code safetensors} reads and writes it.
 *
 * <pre>
 *   u64 LE N | N bytes of JSON, padded with spaces to a multiple of 8 | values, LE
 *   {"__metadata__":{"activations":"sigmoid,sigmoid",...},
 *    "W1":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]},"b1":{...},"W2":...}
 * </pre>
 *
 * Weights {@code Wk} are [in, out], biases {@code bk} [out], k from 1. We write F32 in the
 * documented order of {@link Topology}. We also read F64, rounded to the nearest float, biases [1,
 * out], and any order that tiles the buffer. {@link #open} gives the tensors of any other program.
 */
public final class Safetensors {
  /** Metadata key: activation labels joined by commas, one per dense layer. */
  public static final String ACTIVATIONS = "activations";

  /** Metadata key of the rule by which outputs become answers; see {@link Topology}. */
  private static final String ANSWER = "answer";

  private static final String ARGMAX = AnswerRule.ARGMAX.label();
  private static final String THRESHOLD = AnswerRule.THRESHOLD.label();

  /** Largest header we read, in bytes. */
  public static final int MAX_HEADER_BYTES = 64 * 1024;

  private static final int LENGTH_BYTES = 8;

  private Safetensors() {}

  /**
   * A network read from a file.
   *
   * @param metadata all metadata, including {@link #ACTIVATIONS} if the file has them
   */
  public record Content(Parameters parameters, Map<String, String> metadata) {}

  /**
   * Returns the bytes of a file in our own form.
   *
   * @param metadata further metadata; the activations are added
   * @throws IllegalArgumentException if the header is longer than {@link #MAX_HEADER_BYTES}
   */
  public static byte[] write(Parameters parameters, Map<String, String> metadata) {
    return write(parameters, metadata, TensorPlace.of(parameters.topology()));
  }

  /**
   * Returns the bytes of a file with other names, orientation or order.
   *
   * @throws IllegalArgumentException if the header is longer than {@link #MAX_HEADER_BYTES}
   */
  public static byte[] write(
      Parameters parameters, Map<String, String> metadata, List<TensorPlace> tensors) {
    byte[] header = header(metadata(parameters.topology(), metadata), tensors);
    if (header.length > MAX_HEADER_BYTES) {
      throw new IllegalArgumentException("metadata make a header of " + header.length + " bytes");
    }
    int padded = Math.ceilDiv(header.length, 8) * 8;
    float[] values = parameters.toArray();
    ByteBuffer file =
        ByteBuffer.allocate(LENGTH_BYTES + padded + valueBytes(tensors))
            .order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(padded).put(header);
    while (file.position() < LENGTH_BYTES + padded) {
      file.put((byte) ' ');
    }
    tensors.forEach(tensor -> tensor.write(values, file));
    return file.array();
  }

  /**
   * Returns the metadata that a file says of a network, sorted by key: its activations, and its
   * answer rule where the activations do not imply it.
   *
   * @param further the others
   */
  public static SortedMap<String, String> metadata(Topology topology, Map<String, String> further) {
    SortedMap<String, String> all = new TreeMap<>(further);
    all.put(ACTIVATIONS, topology.activationLabels());
    boolean isImplied = topology.activation(topology.layers() - 1) == Activation.SOFTMAX;
    if (topology.isArgmax() && !isImplied) {
      all.put(ANSWER, ARGMAX);
    } else {
      all.remove(ANSWER);
    }
    return all;
  }

  private static int valueBytes(List<TensorPlace> tensors) {
    return tensors.stream().mapToInt(TensorPlace::bytes).sum();
  }

  private static byte[] header(Map<String, String> metadata, List<TensorPlace> tensors) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
      json.writeStartObject();
      json.writeObjectFieldStart(SafetensorsHeader.METADATA);
      for (Map.Entry<String, String> entry : metadata.entrySet()) {
        json.writeStringField(entry.getKey(), entry.getValue());
      }
      json.writeEndObject();
      int begin = 0;
      for (TensorPlace tensor : tensors) {
        write(json, tensor, begin);
        begin += tensor.bytes();
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory cannot fail", e);
    }
    return bytes.toByteArray();
  }

  private static void write(JsonGenerator json, TensorPlace tensor, int begin) throws IOException {
    int[] shape = tensor.shape().stream().mapToInt(Integer::intValue).toArray();
    int[] offsets = {begin, begin + tensor.bytes()};
    json.writeObjectFieldStart(tensor.name());
    json.writeStringField("dtype", "F32");
    json.writeFieldName("shape");
    json.writeArray(shape, 0, shape.length);
    json.writeFieldName("data_offsets");
    json.writeArray(offsets, 0, offsets.length);
    json.writeEndObject();
  }

  /**
   * Reads a file in our own form, with activations and our tensor names.
   *
   * @throws FormatException naming the first check that failed
   */
  public static Content read(byte[] file) throws FormatException {
    SafetensorsHeader header = header(file, true);
    Map<String, Tensor> inFile = new TreeMap<>();
    for (SafetensorsHeader.Entry entry : header.entries().values()) {
      ElementType type = Objects.requireNonNull(entry.type());
      inFile.put(
          entry.name(), new Tensor(entry.name(), entry.shape(), type, false, bytes(file, entry)));
    }
    String labels = header.metadata().get(ACTIVATIONS);
    Parameters parameters =
        new NamedTensors(inFile)
            .parameters(
                _ -> activations(labels), labels == null ? "" : "metadata '" + ACTIVATIONS + "': ");
    return new Content(answering(parameters, header.metadata().get(ANSWER)), header.metadata());
  }

  private static Activation[] activations(@Nullable String labels) {
    if (labels == null) {
      throw new IllegalArgumentException(
          "metadata '"
              + ACTIVATIONS
              + "' is missing; expected one label per layer, such as sigmoid,sigmoid");
    }
    return Arrays.stream(labels.split(",", -1)).map(Activation::of).toArray(Activation[]::new);
  }

  /**
   * A tensor of any program.
   *
   * @param dtype its type as in the file
   * @param type the same; null if it is none of ours
   * @param bytes the values, little endian; not copied
   */
  public record Stored(
      String name, String dtype, @Nullable ElementType type, Shape shape, ByteBuffer bytes) {}

  /** The tensors and metadata of a file of any program. */
  public record Opened(List<Stored> tensors, Map<String, String> metadata) {}

  /**
   * Reads a file of any program, with tensors of any names, types and shapes, sorted by name.
   *
   * @throws FormatException naming the first check that failed
   */
  public static Opened open(byte[] file) throws FormatException {
    SafetensorsHeader header = header(file, false);
    List<Stored> tensors = new ArrayList<>();
    for (SafetensorsHeader.Entry entry : header.entries().values()) {
      ByteBuffer bytes = bytes(file, entry);
      tensors.add(new Stored(entry.name(), entry.dtype(), entry.type(), entry.shape(), bytes));
    }
    return new Opened(tensors, header.metadata());
  }

  private static SafetensorsHeader header(byte[] file, boolean isOurs) throws FormatException {
    if (file.length < LENGTH_BYTES) {
      throw new FormatException("no safetensors: " + file.length + " bytes, at least 8 expected");
    }
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    long headerBytes = bytes.getLong(0);
    if (headerBytes < 2 || headerBytes > Math.min(MAX_HEADER_BYTES, file.length - LENGTH_BYTES)) {
      throw new FormatException(
          "no safetensors: header length at offset 0 is %s, expected 2 to %s"
              .formatted(
                  Long.toUnsignedString(headerBytes),
                  Math.min(MAX_HEADER_BYTES, file.length - LENGTH_BYTES)));
    }
    SafetensorsHeader header =
        SafetensorsHeader.parse(file, LENGTH_BYTES, (int) headerBytes, isOurs);
    requireTiled(header.entries(), file.length - LENGTH_BYTES - (int) headerBytes);
    return header;
  }

  private static Parameters answering(Parameters parameters, @Nullable String rule)
      throws FormatException {
    Topology topology = parameters.topology();
    try {
      if (ARGMAX.equals(rule)) {
        return Parameters.of(topology.withArgmax(), parameters.toArray());
      }
    } catch (IllegalArgumentException e) {
      throw new FormatException("metadata '" + ANSWER + "': " + e.getMessage(), e);
    }
    if (rule == null || (rule.equals(THRESHOLD) && !topology.isArgmax())) {
      return parameters;
    }
    throw new FormatException(
        "metadata '%s': found '%s', expected %s"
            .formatted(ANSWER, rule, topology.isArgmax() ? ARGMAX : THRESHOLD + " or " + ARGMAX));
  }

  /** Checks that the ranges cover the buffer without gaps or overlaps. */
  private static void requireTiled(Map<String, SafetensorsHeader.Entry> entries, int bufferBytes)
      throws FormatException {
    List<SafetensorsHeader.Entry> byOffset = new ArrayList<>(entries.values());
    byOffset.sort(
        Comparator.comparingLong(SafetensorsHeader.Entry::begin)
            .thenComparingLong(SafetensorsHeader.Entry::end));
    long end = 0;
    for (SafetensorsHeader.Entry entry : byOffset) {
      if (entry.begin() != end) {
        throw new FormatException(
            "tensor " + entry.name() + ": begins at " + entry.begin() + ", expected " + end);
      }
      end = entry.end();
    }
    if (end != bufferBytes) {
      throw new FormatException(
          "safetensors buffer: " + bufferBytes + " bytes, the tensors hold " + end);
    }
  }

  /** Returns the values of one of the tensors, which tile the end of the file. */
  private static ByteBuffer bytes(byte[] file, SafetensorsHeader.Entry entry) {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int data = LENGTH_BYTES + bytes.getInt(0);
    return bytes
        .slice(data + (int) entry.begin(), (int) (entry.end() - entry.begin()))
        .order(ByteOrder.LITTLE_ENDIAN);
  }
}
