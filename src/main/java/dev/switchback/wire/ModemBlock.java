package dev.switchback.wire;

/**
 * A block of YMODEM or XMODEM, assembled from its bytes.
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

  /** State of a block after a byte. */
  enum Progress {
    MORE,
    COMPLETE,
    BAD
  }

  private final byte[] bytes = new byte[LONG + CRC_BYTES];
  private int length;
  private int number;
  private int receivedBytes;

  /** Begins a block, after its first byte. */
  void begin(int newLength) {
    length = newLength;
    receivedBytes = 0;
  }

  /** Adds the next byte. */
  Progress add(byte value) {
    int index = receivedBytes++ - NUMBER_BYTES;
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
    return Crc16.of(bytes, 0, length + CRC_BYTES) == 0 ? Progress.COMPLETE : Progress.BAD;
  }

  /** Whether the number and a matching complement have arrived, which is unlikely by chance. */
  boolean hasNumber() {
    return receivedBytes >= NUMBER_BYTES;
  }

  /** Returns the block number, 0 to 255. */
  int number() {
    return number;
  }

  /** Returns the buffer with the content from index 0. */
  byte[] bytes() {
    return bytes;
  }

  /** Returns the length of the content, 128 or 1024. */
  int length() {
    return length;
  }

  /** Whether a file follows this block 0. */
  boolean hasName() {
    return bytes[0] != 0;
  }

  /** Returns the file length in this block 0, in bytes; {@link #UNKNOWN} if it has none. */
  long fileLength() {
    int end = 0;
    while (end < length && bytes[end] != 0) {
      end++;
    }
    long declaredBytes = UNKNOWN;
    for (int i = end + 1; i < length && bytes[i] >= '0' && bytes[i] <= '9'; i++) {
      declaredBytes = Math.min(LARGEST, Math.max(0, declaredBytes) * 10 + bytes[i] - '0');
    }
    return declaredBytes;
  }
}
