package dev.switchback.wire;

import org.jspecify.annotations.Nullable;

/**
 * Decodes the lines of a frame, digit by digit, directly into the buffer of the packet.
 *
 * <pre>
 *   body     length, 2 bytes | packet | CRC, 2 bytes
 *   buffer                     0 ...
 * </pre>
 */
final class FrameAssembly {
  private static final int LENGTH_BYTES = 2;
  private static final int CRC_BYTES = 2;

  private final byte[] buffer = new byte[FrameEncoder.MAX_PACKET_BYTES + CRC_BYTES];
  private int announced;
  private int bodyBytes;
  private int group;
  private int digits;
  private int paddings;

  void begin() {
    announced = 0;
    bodyBytes = 0;
    digits = 0;
    paddings = 0;
  }

  /** Begins a line. Each line is decoded on its own and may be padded. */
  void beginLine() {
    paddings = 0;
  }

  byte[] buffer() {
    return buffer;
  }

  int packetBytes() {
    return announced - CRC_BYTES;
  }

  /** Whether all bytes that the first two announce have arrived. */
  boolean isComplete() {
    return bodyBytes >= LENGTH_BYTES && bodyBytes == LENGTH_BYTES + announced;
  }

  /** Whether the digits so far form whole groups, as required at the end of a line. */
  boolean isGroupComplete() {
    return digits == 0;
  }

  /** Whether the incomplete group is the last one. */
  boolean isInLastGroup() {
    return bodyBytes >= LENGTH_BYTES && LENGTH_BYTES + announced - bodyBytes <= 3;
  }

  boolean isCrcValid() {
    return Crc16.of(buffer, 0, announced) == 0;
  }

  /** Adds a digit or padding. Returns the reason to drop the frame; null if there is none. */
  @Nullable Drop add(byte digit) {
    int value = Base64Digits.value(digit);
    if (digit == Base64Digits.PADDING && digits >= 2) {
      paddings++;
      value = 0;
    } else if (value < 0 || paddings > 0) {
      return Drop.BASE64;
    }
    group = (group << 6) | value;
    if (++digits < 4) {
      return null;
    }
    digits = 0;
    return addGroup(3 - paddings);
  }

  private @Nullable Drop addGroup(int bytes) {
    for (int i = 0; i < bytes; i++) {
      Drop wrong = addByte((group >> (16 - 8 * i)) & 0xFF);
      if (wrong != null) {
        return wrong;
      }
    }
    return null;
  }

  private @Nullable Drop addByte(int value) {
    if (bodyBytes < LENGTH_BYTES) {
      announced = (announced << 8) | value;
      return ++bodyBytes == LENGTH_BYTES && announced <= CRC_BYTES ? Drop.LENGTH : null;
    }
    if (bodyBytes == LENGTH_BYTES + announced) {
      return Drop.LENGTH;
    }
    buffer[bodyBytes++ - LENGTH_BYTES] = (byte) value;
    return null;
  }
}
