package dev.switchback.wire;

/**
 * CRC-16/XMODEM: polynomial 0x1021, start 0, neither reflected nor inverted; 0x31C3 for {@code
 * 123456789}. The CRC of bytes followed by their own CRC, high byte first, is 0.
 */
public final class Crc16 {
  private static final int POLYNOMIAL = 0x1021;
  private static final char[] OF_BYTE = table();

  private Crc16() {}

  private static char[] table() {
    char[] table = new char[256];
    for (int value = 0; value < table.length; value++) {
      int crc = value << 8;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 0x8000) == 0 ? crc << 1 : (crc << 1) ^ POLYNOMIAL;
      }
      table[value] = (char) crc;
    }
    return table;
  }

  /** Returns the CRC of a range, 0 to 0xFFFF. */
  public static int of(byte[] bytes, int offset, int length) {
    int crc = 0;
    for (int i = offset; i < offset + length; i++) {
      crc = ((crc << 8) & 0xFFFF) ^ OF_BYTE[(crc >> 8) ^ (bytes[i] & 0xFF)];
    }
    return crc;
  }
}
