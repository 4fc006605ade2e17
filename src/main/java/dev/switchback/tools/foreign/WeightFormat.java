package dev.switchback.tools.foreign;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
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
    try (InputStream in = Files.newInputStream(file)) {
      String found = new String(in.readNBytes(Long.BYTES), ISO_8859_1);
      for (WeightFormat format : values()) {
        if (!format.start.isEmpty() && found.startsWith(format.start)) {
          return format;
        }
      }
      return SAFETENSORS;
    }
  }
}
