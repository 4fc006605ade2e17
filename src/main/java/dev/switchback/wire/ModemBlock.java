package dev.switchback.wire;

/**
 * One block of YMODEM or XMODEM, put together from its bytes.
 *
 * <pre>
 *   01 or 02 | number | 255 - number | 128 or 1024 bytes | CRC, high byte first
 * </pre>
 */
final class ModemBlock {
  static final int SHORT = 128;
  static final int LONG = 1024;
  private static final int NUMBER_BYTES = 2;
  private static final int CRC_BYTES = 2;

  /** What the block has become. */
  enum Progress {
    MORE,
    WHOLE,
    BAD
  }

  private final byte[] bytes = new byte[LONG + CRC_BYTES];
  private int length;
  private int number;
  private int taken;

  /** After the first byte. */
  void begin(int newLength) {
    length = newLength;
    taken = 0;
  }

  /** Takes the next byte. */
  Progress add(byte value) {
    int index = taken++ - NUMBER_BYTES;
    if (index == -NUMBER_BYTES) {
      number = value & 0xFF;
      return Progress.MORE;
    }
    if (index < 0) {
      return (number ^ (value & 0xFF)) == 0xFF ? Progress.MORE : Progress.BAD;
    }
    bytes[index] = value;
    if (index + 1 < length + CRC_BYTES) {
      return Progress.MORE;
    }
    return Crc16.of(bytes, 0, length + CRC_BYTES) == 0 ? Progress.WHOLE : Progress.BAD;
  }

  /** Whether its number came, and its complement agrees: hardly by chance. */
  boolean isNumbered() {
    return taken >= NUMBER_BYTES;
  }

  /** 0 to 255. */
  int number() {
    return number;
  }

  /** The content from index 0. */
  byte[] bytes() {
    return bytes;
  }

  /** 128 or 1024. */
  int length() {
    return length;
  }
}
