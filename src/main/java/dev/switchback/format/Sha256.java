package dev.switchback.format;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Computes SHA-256. */
public final class Sha256 {
  private Sha256() {}

  /** Returns the hash of a file for people, 64 hex digits. */
  public static String text(byte[] file) {
    return HexFormat.of().formatHex(of(file, file.length));
  }

  /** Returns the hash of the first {@code length} bytes, 32 bytes. */
  public static byte[] of(byte[] bytes, int length) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes, 0, length);
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
