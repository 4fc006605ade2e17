package dev.switchback.tools.cli;

import dev.switchback.ExitCode;
import dev.switchback.Refusal;
import dev.switchback.RegularFile;
import dev.switchback.core.nn.Activation;
import dev.switchback.format.FormatException;
import dev.switchback.format.SigningKey;
import dev.switchback.format.VerifyingKey;
import dev.switchback.format.WeightImage;
import dev.switchback.tools.foreign.OtherFile;
import dev.switchback.tools.foreign.WeightFile;
import dev.switchback.tools.foreign.WeightFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.IntFunction;

/** Weights and keys that somebody named: read as a whole, refused with their name. */
public final class InputFile {
  /** What commands say about a weight file they take. */
  public static final String FORMATS = ".img, .safetensors, .npz, .npy or .net; see convert.";

  /** Far more than a key takes. */
  private static final int MAX_KEY_BYTES = 1 << 16;

  private InputFile() {}

  /** What makes something of the bytes of a file. */
  private interface Format<T> {
    T of(byte[] file) throws FormatException;
  }

  /**
   * Reads a weight image.
   *
   * @throws Refusal naming the file and the check that failed
   */
  public static WeightImage image(Path file) throws Refusal, IOException {
    requireWeights(file);
    WeightFormat format = WeightFormat.begun(file);
    if (format != null && format != WeightFormat.IMAGE) {
      throw new Refusal(
          ExitCode.USAGE,
          file + " is a file of " + format.title() + ", and no weight image",
          "make one: switchback convert " + file + " " + imageBeside(file));
    }
    return read(file, WeightImage.MAX_BYTES + 1, WeightImage::read);
  }

  private static Path imageBeside(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return file.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + ".img");
  }

  private static void requireWeights(Path file) throws Refusal, IOException {
    OtherFile other = OtherFile.of(file);
    if (other != null) {
      throw new Refusal(ExitCode.USAGE, file + " is " + other.title(), other.fix());
    }
  }

  /**
   * Reads a weight file of any format.
   *
   * @param activations those of so many layers, asked where the file names none
   * @throws Refusal naming the file and what is wrong with it
   */
  public static WeightFile weights(Path file, IntFunction<Activation[]> activations)
      throws Refusal, IOException {
    requireWeights(file);
    return Blame.on(file, () -> WeightFile.read(file, activations));
  }

  /** The bytes of a weight file, whatever they mean. */
  public static byte[] bytes(Path file) throws IOException {
    return RegularFile.read(file, WeightFile.MAX_BYTES);
  }

  public static SigningKey signingKey(Path file) throws Refusal, IOException {
    return read(file, MAX_KEY_BYTES, bytes -> SigningKey.parsePem(text(bytes)));
  }

  /**
   * The same image with a signature, in place of any it has.
   *
   * @throws Refusal if it gets too large for an image
   */
  public static WeightImage signed(Path file, WeightImage image, SigningKey key) throws Refusal {
    try {
      return image.signed(key);
    } catch (IllegalArgumentException e) {
      throw new Refusal(ExitCode.USAGE, file + ": signed, " + e.getMessage(), e);
    }
  }

  /** A public key, or that of a private one. */
  public static VerifyingKey verifyingKey(Path file) throws Refusal, IOException {
    return read(
        file,
        MAX_KEY_BYTES,
        bytes ->
            text(bytes).contains("BEGIN PRIVATE KEY")
                ? SigningKey.parsePem(text(bytes)).verifyingKey()
                : VerifyingKey.parsePem(text(bytes)));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static <T> T read(Path file, int maxBytes, Format<T> format) throws Refusal, IOException {
    byte[] bytes = RegularFile.read(file, maxBytes);
    return Blame.on(file, () -> format.of(bytes));
  }
}
