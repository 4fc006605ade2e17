package dev.switchback.tools.foreign;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.switchback.RegularFile;
import dev.switchback.core.Engine;
import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Parameters;
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
 * A network as a file of any format holds it.
 *
 * @param metadata what the file says beside the weights; empty where the format has no room for it
 * @param image the file itself where it is one, else null
 */
public record WeightFile(
    WeightFormat format,
    Parameters parameters,
    Map<String, String> metadata,
    @Nullable WeightImage image) {
  /** Larger than any network of eight inputs that we read. */
  public static final int MAX_BYTES = 1 << 30;

  /** Of an image whose version nobody chose. */
  public static final ImageVersion FIRST_VERSION = new ImageVersion(0, 1, 0, 0);

  private WeightFile(WeightFormat format, Parameters parameters) {
    this(format, parameters, Map.of(), null);
  }

  /** What an image says. */
  public static WeightFile of(WeightImage image) {
    return new WeightFile(WeightFormat.IMAGE, image.parameters(), image.metadata(), image);
  }

  /**
   * Reads a file in the format that its name or its first bytes tell, else as safetensors.
   *
   * @param file a file, or any of an npy set
   * @param activations those of so many layers, asked where the file names none
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

  /** The version of an image; of others the first. */
  public ImageVersion version() {
    return image == null ? FIRST_VERSION : image.version();
  }

  /**
   * The arithmetic that the metadata name, float if they name none.
   *
   * @throws FormatException if they name one that there is not
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
   * The network in the format that a name tells.
   *
   * @param out where it should go; of an npy set the name of W1
   * @return the bytes of the file, or of each file of a set, by name
   * @throws FormatException if the name tells no format that we write, or files lie there that
   *     would be read as part of the set
   * @throws IOException if the directory of a set cannot be read
   * @throws IllegalArgumentException if the format cannot hold the network; a network becomes an
   *     image by {@link WeightImage#of} alone, which asks for more
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
   * The format of a file that is to be written.
   *
   * @throws FormatException if the name tells none that we write
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
