package dev.switchback.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The standard alphabet of base64, in both directions. */
final class Base64Digits {
  static final byte PADDING = '=';

  private static final byte[] DIGITS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
          .getBytes(StandardCharsets.US_ASCII);
  private static final byte[] VALUES = values();

  private Base64Digits() {}

  private static byte[] values() {
    byte[] values = new byte[256];
    Arrays.fill(values, (byte) -1);
    for (int value = 0; value < DIGITS.length; value++) {
      values[DIGITS[value]] = (byte) value;
    }
    return values;
  }

  /** Returns the digit of the six lowest bits. */
  static byte digit(int value) {
    return DIGITS[value & 0x3F];
  }

  /** Returns the value of a digit, 0 to 63; -1 for any other byte, including padding. */
  static int value(byte digit) {
    return VALUES[digit & 0xFF];
  }
}
