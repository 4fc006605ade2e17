package dev.switchback.tools.foreign;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.switchback.RegularFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The formats of weight files, told by the ending of a name, else by the first bytes. */
public enum WeightFormat {
  IMAGE(".img", "weight image", "=\u00b8\u00f3\u0096"),
  SAFETENSORS(".safetensors", "safetensors", ""),
  NPZ(".npz", "npz", "PK\3\4"),
  NPY(".npy", "npy", "\u0093NUMPY"),
  FANN(".net", "FANN", "FANN_"),
  C_HEADER(".h", "C header", "");

  /** As many as tell every format. */
  private static final int START_BYTES = Long.BYTES + 1;

  /** Of safetensors: far more than any network that is read has. */
  private static final long MAX_HEADER_BYTES = 100_000_000;

  private final String ending;
  private final String title;
  private final String start;

  /**
   * A format.
   *
   * @param start first bytes of every file; empty where they do not tell
   */
  WeightFormat(String ending, String title, String start) {
    this.ending = ending;
    this.title = title;
    this.start = start;
  }

  /** The name for people. */
  public String title() {
    return title;
  }

  /** How names end, without the dot. */
  public String label() {
    return ending.substring(1);
  }

  /** Whether whoever reads the file must be told the activations. */
  public boolean losesActivations() {
    return this == NPZ || this == NPY;
  }

  public boolean isRead() {
    return this != C_HEADER;
  }

  public boolean isWritten() {
    return this != FANN;
  }

  /** The format that a name tells; null if it tells none. */
  public static @Nullable WeightFormat named(Path file) {
    for (WeightFormat format : values()) {
      if (file.toString().endsWith(format.ending)) {
        return format;
      }
    }
    return null;
  }

  /**
   * The format that the name or the first bytes tell, else safetensors.
   *
   * @throws IOException if the name tells nothing and the file cannot be read
   */
  static WeightFormat of(Path file) throws IOException {
    WeightFormat named = named(file);
    return named == null ? begunLike(file) : named;
  }

  private static WeightFormat begunLike(Path file) throws IOException {
    WeightFormat begun = begun(RegularFile.start(file, START_BYTES));
    return begun == null ? SAFETENSORS : begun;
  }

  /**
   * The format that the first bytes of a file tell, whatever its name; null if they tell none.
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
    return isSafetensors(bytes) ? SAFETENSORS : null;
  }

  /** Whether it begins with a plausible length, and the JSON of that length. */
  private static boolean isSafetensors(byte[] bytes) {
    if (bytes.length < START_BYTES || bytes[Long.BYTES] != '{') {
      return false;
    }
    long header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    return header > 0 && header <= MAX_HEADER_BYTES;
  }
}
