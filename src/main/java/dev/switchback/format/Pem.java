package dev.switchback.format;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text form of a key (RFC 7468). */
final class Pem {
  /** Far more than the length of our keys. */
  private static final int MAX_LENGTH = 4096;

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");
  private static final Base64.Encoder LINES =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  private Pem() {}

  static String encode(String label, byte[] der) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(label, LINES.encodeToString(der), label);
  }

  /**
   * Decodes a text with a single block.
   *
   * @param label required label of the block
   */
  static byte[] decode(String label, String text) throws FormatException {
    if (text.length() > MAX_LENGTH) {
      throw new FormatException(
          "no key: found " + text.length() + " characters, expected at most " + MAX_LENGTH);
    }
    Matcher block = BLOCK.matcher(text.strip());
    if (!block.matches()) {
      throw new FormatException("no key: expected -----BEGIN " + label + "----- and its end");
    }
    if (!block.group(1).equals(label)) {
      throw new FormatException(
          "found a "
              + block.group(1)
              + ", expected a "
              + label
              + (block.group(1).startsWith("ENCRYPTED") ? " without a password" : ""));
    }
    try {
      return Base64.getDecoder().decode(block.group(2).replaceAll("\\s", ""));
    } catch (IllegalArgumentException e) {
      throw new FormatException(label + ": " + e.getMessage(), e);
    }
  }
}
