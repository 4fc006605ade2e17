package dev.switchback.cli;

import dev.switchback.image.FormatException;
import dev.switchback.image.ImageHeader;
import dev.switchback.image.SigningKey;
import dev.switchback.image.VerifyingKey;
import dev.switchback.image.WeightImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Weight images and keys that somebody named: read as a whole, refused with their name. */
final class InputFile {
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
  static WeightImage image(Path file) throws Refusal, IOException {
    return read(file, WeightImage.MAX_BYTES, WeightImage::read);
  }

  /** Whether a file is meant to be a weight image: by its name, or its first bytes. */
  static boolean isImage(Path file) throws IOException {
    return file.toString().endsWith(".img")
        || (!Files.isDirectory(file) && ImageHeader.isAtStartOf(start(file, Integer.BYTES)));
  }

  static SigningKey signingKey(Path file) throws Refusal, IOException {
    return read(file, MAX_KEY_BYTES, bytes -> SigningKey.parsePem(text(bytes)));
  }

  /** A public key, or that of a private one. */
  static VerifyingKey verifyingKey(Path file) throws Refusal, IOException {
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

  private static byte[] start(Path file, int bytes) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(bytes);
    }
  }

  private static <T> T read(Path file, int maxBytes, Format<T> format) throws Refusal, IOException {
    if (Files.isDirectory(file)) {
      throw new Refusal(ExitCode.USAGE, file + " is a directory");
    }
    byte[] bytes = start(file, maxBytes + 1);
    try {
      return format.of(bytes);
    } catch (FormatException e) {
      throw new Refusal(ExitCode.USAGE, file + ": " + e.getMessage(), e);
    }
  }
}
