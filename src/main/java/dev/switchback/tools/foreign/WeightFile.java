package dev.switchback.tools.foreign;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.switchback.RegularFile;
import dev.switchback.core.Engine;
import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Parameters;
import dev.switchback.format.AnswerRule;
import dev.switchback.format.FormatException;
import dev.switchback.format.ImageMetadata;
import dev.switchback.format.ImageVersion;
import dev.switchback.format.Safetensors;
import dev.switchback.format.WeightImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The content of a weight file of any format.
 *
 * @param metadata metadata of the file; empty if the format has none
 * @param image the weight image, or null for other formats
 */
public record WeightFile(
    WeightFormat format,
    Parameters parameters,
    Map<String, String> metadata,
    @Nullable WeightImage image) {
  /** Larger than any supported network of eight inputs. */
  public static final int MAX_BYTES = 1 << 30;

  /** Default version of an image. */
  public static final ImageVersion FIRST_VERSION = new ImageVersion(0, 1, 0, 0);

  private WeightFile(WeightFormat format, Parameters parameters) {
    this(format, parameters, Map.of(), null);
  }

  /** Returns the content of an image. */
  public static WeightFile of(WeightImage image) {
    return new WeightFile(WeightFormat.IMAGE, image.parameters(), image.metadata(), image);
  }

  /**
   * Reads a file. The name or the first bytes select the format; the default is safetensors.
   *
   * @param file a file, or any file of an npy set
   * @param activations returns the activations for a number of layers, if the file names none
   * @throws FormatException naming the first check that failed
   * @throws IOException if it cannot be read
   */
  public static WeightFile read(Path file, IntFunction<Activation[]> activations)
      throws IOException {
    WeightFormat format = WeightFormat.of(file);
    if (format != WeightFormat.C_HEADER) {
      RegularFile.require(file);
    }
    return switch (format) {
      case IMAGE -> of(WeightImage.read(RegularFile.start(file, WeightImage.MAX_BYTES + 1)));
      case SAFETENSORS ->
          ofSafetensors(Safetensors.read(RegularFile.read(file, MAX_BYTES), activations));
      case NPZ -> new WeightFile(format, Npz.read(file, activations));
      case NPY -> new WeightFile(format, NpyFiles.read(file, activations));
      case FANN -> new WeightFile(format, Fann.read(RegularFile.read(file, Fann.MAX_BYTES)));
      case C_HEADER -> throw new FormatException("a C header is written, never read");
    };
  }

  private static WeightFile ofSafetensors(Safetensors.Content content) {
    return new WeightFile(WeightFormat.SAFETENSORS, content.parameters(), content.metadata(), null);
  }

  /**
   * Returns the file with a rule for its answers.
   *
   * @throws IllegalStateException naming the rule that the file states, if it is another
   * @throws IllegalArgumentException if it has too few outputs for the rule
   */
  public WeightFile answering(AnswerRule rule) {
    boolean isArgmax = parameters.topology().isArgmax();
    AnswerRule own = isArgmax ? AnswerRule.ARGMAX : AnswerRule.THRESHOLD;
    if (rule == own) {
      return this;
    }
    if (isArgmax || image != null) {
      throw new IllegalStateException("answers by " + own.label());
    }
    Parameters ruled = Parameters.of(parameters.topology().withArgmax(), parameters.toArray());
    return new WeightFile(format, ruled, metadata, image);
  }

  /** Returns the version of the image, or {@link #FIRST_VERSION} for other formats. */
  public ImageVersion version() {
    return image == null ? FIRST_VERSION : image.version();
  }

  /**
   * Returns the engine that the metadata names, or float if it names none.
   *
   * @throws FormatException if it names an unknown engine
   */
  public Engine engine() throws FormatException {
    try {
      return Engine.of(metadata.getOrDefault(ImageMetadata.ENGINE, Engine.FLOAT.label()));
    } catch (IllegalArgumentException e) {
      throw new FormatException(
          "metadata '" + ImageMetadata.ENGINE + "': " + String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Returns the network in the format of a file name.
   *
   * @param out file to be written; for an npy set the name of W1
   * @return the bytes of the file, or of each file of a set, by name
   * @throws FormatException if the name has no writable format, or if existing files would be read
   *     as part of the set
   * @throws IOException if the directory of a set cannot be read
   * @throws IllegalArgumentException if the format cannot store the network; only {@link
   *     WeightImage#of}, which needs more data, makes an image of a network
   */
  public Map<Path, byte[]> writtenTo(Path out) throws IOException {
    return switch (writable(out)) {
      case IMAGE -> Map.of(out, requireImage().bytes());
      case SAFETENSORS -> Map.of(out, Safetensors.write(parameters, metadata));
      case NPZ -> Map.of(out, Npz.write(parameters));
      case NPY -> NpyFiles.write(out, parameters);
      case C_HEADER ->
          Map.of(
              out,
              CHeader.of(parameters, image == null ? null : image.version()).getBytes(US_ASCII));
      case FANN -> throw new IllegalStateException("FANN's format is never written");
    };
  }

  private WeightImage requireImage() {
    if (image == null) {
      throw new IllegalArgumentException("an image expected, found " + format.title());
    }
    return image;
  }

  /**
   * Returns the format of a file to be written.
   *
   * @throws FormatException if the name has no writable format
   */
  public static WeightFormat writable(Path out) throws FormatException {
    WeightFormat format = WeightFormat.named(out);
    if (format == null || !format.isWritten()) {
      throw new FormatException("a name in .img, .safetensors, .npz, .npy or .h expected");
    }
    if (format == WeightFormat.NPY) {
      NpyFiles.requireFirst(out);
    }
    return format;
  }
}
