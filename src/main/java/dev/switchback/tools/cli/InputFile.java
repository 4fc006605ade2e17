package dev.switchback.tools.cli;

import dev.switchback.ExitCode;
import dev.switchback.Refusal;
import dev.switchback.RegularFile;
import dev.switchback.format.FormatException;
import dev.switchback.format.SigningKey;
import dev.switchback.format.VerifyingKey;
import dev.switchback.format.WeightImage;
import dev.switchback.tools.foreign.OtherFile;
import dev.switchback.tools.foreign.Stated;
import dev.switchback.tools.foreign.WeightFile;
import dev.switchback.tools.foreign.WeightFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Reads weight and key files named on the command line; errors name the file. */
public final class InputFile {
  /** Weight formats, for help texts. */
  public static final String FORMATS =
      ".img, .safetensors, .npz, .npy, .onnx or .net; see convert.";

  /** Far larger than any key file. */
  private static final int MAX_KEY_BYTES = 1 << 16;

  private InputFile() {}

  /** Parses the content of a file. */
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
          file + " is a file of " + format.title() + ", not a weight image",
          "convert it: switchback convert " + file + " " + imageBeside(file));
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
   * @throws Refusal naming the file and what is wrong with it
   */
  public static WeightFile weights(Path file, Stated stated) throws Refusal, IOException {
    requireWeights(file);
    return Blame.on(file, () -> WeightFile.read(file, stated));
  }

  /** Reads the bytes of a weight file without parsing them. */
  public static byte[] bytes(Path file) throws IOException {
    return RegularFile.read(file, WeightFile.MAX_BYTES);
  }

  public static SigningKey signingKey(Path file) throws Refusal, IOException {
    return read(file, MAX_KEY_BYTES, bytes -> SigningKey.parsePem(text(bytes)));
  }

  /**
   * Returns the image with a new signature, which replaces any it has.
   *
   * @throws Refusal if the signed image is too large
   */
  public static WeightImage signed(Path file, WeightImage image, SigningKey key) throws Refusal {
    try {
      return image.signed(key);
    } catch (IllegalArgumentException e) {
      throw new Refusal(ExitCode.USAGE, file + ": signed, " + e.getMessage(), e);
    }
  }

  /** Reads a public key; for a private key, returns its public half. */
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
