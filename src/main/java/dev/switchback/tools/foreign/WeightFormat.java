package dev.switchback.tools.foreign;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.switchback.RegularFile;
import dev.switchback.core.nn.Topology;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The formats of weight files, recognised by file name suffix or by the first bytes. */
public enum WeightFormat {
  IMAGE(".img", "weight image", "=\u00b8\u00f3\u0096"),
  SAFETENSORS(".safetensors", "safetensors", ""),
  NPZ(".npz", "npz", "PK\3\4"),
  NPY(".npy", "npy", "\u0093NUMPY"),
  ONNX(".onnx", "ONNX", ""),
  FANN(".net", "FANN", "FANN_"),
  C_HEADER(".h", "C header", "");

  /** Enough to recognise every format. */
  private static final int START_BYTES = Long.BYTES + 1;

  /** Limit for safetensors: far more than any supported network needs. */
  private static final long MAX_HEADER_BYTES = 100_000_000;

  /** What may follow the version of ONNX. */
  private static final String ONNX_FIELDS = "\22\32\"(2:B";

  private final String ending;
  private final String title;
  private final String start;

  /**
   * Creates a format.
   *
   * @param start first bytes of every file; empty if they vary
   */
  WeightFormat(String ending, String title, String start) {
    this.ending = ending;
    this.title = title;
    this.start = start;
  }

  /** Returns the display name. */
  public String title() {
    return title;
  }

  /** Returns the file name suffix without the dot. */
  public String label() {
    return ending.substring(1);
  }

  /** Returns whether the format does not store activations, so that readers must supply them. */
  private boolean losesActivations() {
    return this == NPZ || this == NPY;
  }

  /** Returns a sentence on what is not kept of a network; null if all is. */
  public @Nullable String loss(Topology topology) {
    return losesActivations()
        ? title + " stores no activations; read it with --activation " + topology.activationLabels()
        : null;
  }

  /** Returns whether the arrays have names, so that there is a choice of {@link LayoutName}. */
  public boolean hasNames() {
    return this == SAFETENSORS || losesActivations();
  }

  public boolean isRead() {
    return this != C_HEADER;
  }

  public boolean isWritten() {
    return this != FANN;
  }

  /** Returns the format of a file name, or null if unknown. */
  public static @Nullable WeightFormat named(Path file) {
    for (WeightFormat format : values()) {
      if (file.toString().endsWith(format.ending)) {
        return format;
      }
    }
    return null;
  }

  /**
   * Returns the format by name or first bytes; the default is safetensors.
   *
   * @throws IOException if the name gives no format and the file cannot be read
   */
  static WeightFormat of(Path file) throws IOException {
    WeightFormat named = named(file);
    return named == null ? byFirstBytes(file) : named;
  }

  private static WeightFormat byFirstBytes(Path file) throws IOException {
    WeightFormat begun = begun(RegularFile.start(file, START_BYTES));
    return begun == null ? SAFETENSORS : begun;
  }

  /**
   * Returns the format by the first bytes of a file, regardless of its name; null if unknown.
   *
   * @throws IOException if it cannot be read
   */
  public static @Nullable WeightFormat begun(Path file) throws IOException {
    return begun(RegularFile.start(file, START_BYTES));
  }

  static @Nullable WeightFormat begun(byte[] bytes) {
    String found = new String(bytes, ISO_8859_1);
    for (WeightFormat format : values()) {
      if (!format.start.isEmpty() && found.startsWith(format.start)) {
        return format;
      }
    }
    return isOnnx(bytes) ? ONNX : isSafetensors(bytes) ? SAFETENSORS : null;
  }

  /** Returns whether the bytes begin with a version of ONNX, followed by a field of a model. */
  private static boolean isOnnx(byte[] bytes) {
    return bytes.length > 2
        && bytes[0] == 0x08
        && bytes[1] >= 2
        && bytes[1] < ' '
        && ONNX_FIELDS.indexOf(bytes[2]) >= 0;
  }

  /** Returns whether the bytes begin with a plausible length, followed by JSON. */
  private static boolean isSafetensors(byte[] bytes) {
    if (bytes.length < START_BYTES || bytes[Long.BYTES] != '{') {
      return false;
    }
    long header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    return header > 0 && header <= MAX_HEADER_BYTES;
  }
}
