package dev.switchback.wire;

/**
 * Encodes a packet for the line: length, packet and CRC in base64, split into lines.
 *
 * <pre>
 *   06 09 base64 0a   04 14 base64 0a ...      at most 124 digits, 127 bytes a line
 * </pre>
 *
 * <p><b>Not thread-safe.</b> Allocates nothing after construction.
 */
public final class FrameEncoder {
  /** Largest packet that a frame can carry: its length field also counts the CRC. */
  public static final int MAX_PACKET_BYTES = 0xFFFF - 2;

  /** Longest line, with marker and line feed; the limit of the smallest receivers. */
  public static final int MAX_LINE_BYTES = 127;

  private static final int BODY_BYTES_PER_LINE = (MAX_LINE_BYTES - 3) / 4 * 3;

  private final byte[] body;
  private final byte[] frame;
  private int end;

  /**
   * @param maxPacketBytes largest packet that will be encoded
   * @throws IllegalArgumentException if not 1 to {@link #MAX_PACKET_BYTES}
   */
  public FrameEncoder(int maxPacketBytes) {
    if (maxPacketBytes < 1 || maxPacketBytes > MAX_PACKET_BYTES) {
      throw new IllegalArgumentException("a packet of " + maxPacketBytes + " bytes");
    }
    body = new byte[2 + maxPacketBytes + 2];
    frame = new byte[encodedBytes(maxPacketBytes)];
  }

  /** Returns the number of bytes on the line for a packet. */
  public static int encodedBytes(int packetBytes) {
    int bodyBytes = 2 + packetBytes + 2;
    int lines = (bodyBytes + BODY_BYTES_PER_LINE - 1) / BODY_BYTES_PER_LINE;
    return (bodyBytes + 2) / 3 * 4 + 3 * lines;
  }

  /**
   * Encodes the first {@code length} bytes of {@code packet}.
   *
   * @return length of the frame in {@link #buffer}, with all its lines
   * @throws IllegalArgumentException if the packet is empty or too large
   */
  public int encode(byte[] packet, int length) {
    if (length < 1 || length > body.length - 4) {
      throw new IllegalArgumentException("a packet of " + length + " bytes");
    }
    System.arraycopy(packet, 0, body, 2, length);
    put(0, length + 2);
    put(2 + length, Crc16.of(packet, 0, length));
    end = 0;
    int bodyBytes = 2 + length + 2;
    for (int start = 0; start < bodyBytes; start += BODY_BYTES_PER_LINE) {
      line(start, Math.min(bodyBytes, start + BODY_BYTES_PER_LINE));
    }
    return end;
  }

  /** Returns the buffer with the frame from index 0; the next {@link #encode} overwrites it. */
  public byte[] buffer() {
    return frame;
  }

  private void put(int index, int value) {
    body[index] = (byte) (value >> 8);
    body[index + 1] = (byte) value;
  }

  private void line(int from, int to) {
    frame[end++] = from == 0 ? Marker.FIRST : Marker.NEXT;
    frame[end++] = from == 0 ? Marker.FIRST_SECOND : Marker.NEXT_SECOND;
    for (int i = from; i < to; i += 3) {
      group(i, to - i);
    }
    frame[end++] = '\n';
  }

  private void group(int from, int bytes) {
    int high = body[from] & 0xFF;
    int middle = bytes > 1 ? body[from + 1] & 0xFF : 0;
    int low = bytes > 2 ? body[from + 2] & 0xFF : 0;
    frame[end++] = Base64Digits.digit(high >> 2);
    frame[end++] = Base64Digits.digit((high << 4) | (middle >> 4));
    frame[end++] =
        bytes > 1 ? Base64Digits.digit((middle << 2) | (low >> 6)) : Base64Digits.PADDING;
    frame[end++] = bytes > 2 ? Base64Digits.digit(low) : Base64Digits.PADDING;
  }
}
