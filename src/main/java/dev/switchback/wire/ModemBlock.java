package dev.switchback.wire;

/**
 * One block of YMODEM or XMODEM, put together from its bytes.
 *
 * <pre>
 *   01 or 02 | number | 255 - number | 128 or 1024 bytes | CRC, high byte first
 *                      in block 0:     name 00 length, decimal [20 more] 00 ...
 * </pre>
 */
final class ModemBlock {
  static final int SHORT = 128;
  static final int LONG = 1024;
  static final long UNKNOWN = -1;
  private static final long LARGEST = 1_000_000_000_000L;
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

  /** Of block 0: whether a file follows. */
  boolean hasName() {
    return bytes[0] != 0;
  }

  /** Of block 0: how long the file is, in bytes; {@link #UNKNOWN} if it does not tell. */
  long fileLength() {
    int end = 0;
    while (end < length && bytes[end] != 0) {
      end++;
    }
    long told = UNKNOWN;
    for (int i = end + 1; i < length && bytes[i] >= '0' && bytes[i] <= '9'; i++) {
      told = Math.min(LARGEST, Math.max(0, told) * 10 + bytes[i] - '0');
    }
    return told;
  }
}
