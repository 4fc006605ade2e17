package dev.switchback.format;

import java.nio.ByteBuffer;

/**
 * The header of a weight image; weight-image.md, section 2.
 *
 * @param headerBytes hdr_size: where the payload begins
 * @param payloadBytes img_size
 * @param protectedBytes protect_tlv_size; 0 if there are no protected TLVs
 */
public record ImageHeader(
    ImageVersion version, int headerBytes, int payloadBytes, int protectedBytes) {
  /** Size of the fields, and of the headers we write. */
  static final int BYTES = 32;

  /** Largest header we read: fields and padding. */
  private static final int MAX_BYTES = 1024;

  private static final int MAGIC = 0x96f3b83d;

  /** Smallest payload: the length field of safetensors. */
  static final int MIN_PAYLOAD_BYTES = 8;

  /** The info and one empty entry. */
  private static final int MIN_PROTECTED_BYTES = 8;

  /**
   * Reads the header at the start of a file.
   *
   * @param file a complete image, at least of the minimum size; little endian
   */
  static ImageHeader read(ByteBuffer file) throws ImageException {
    requireHex(ImageCheck.MAGIC, "magic", 0, file.getInt(0), MAGIC);
    requireHex(ImageCheck.LOAD_ADDRESS, "load_addr", 4, file.getInt(4), 0);
    int room = file.limit() - TlvArea.UNSIGNED_BYTES;
    int maxHeader = Math.min(MAX_BYTES, room - MIN_PAYLOAD_BYTES);
    int header =
        require(ImageCheck.HEADER_SIZE, "hdr_size", 8, TlvArea.u16(file, 8), BYTES, maxHeader);
    room -= header;
    int payload =
        require(ImageCheck.PAYLOAD_SIZE, "img_size", 12, u32(file, 12), MIN_PAYLOAD_BYTES, room);
    int areas = protectedBytes(file, room - payload);
    requireHex(ImageCheck.FLAGS, "flags", 16, file.getInt(16), 0);
    requireHex(ImageCheck.PADDING, "pad", 28, file.getInt(28), 0);
    return new ImageHeader(version(file), header, payload, areas);
  }

  private static int protectedBytes(ByteBuffer file, int room) throws ImageException {
    int found = TlvArea.u16(file, 10);
    if (found != 0 && (found < MIN_PROTECTED_BYTES || found > room)) {
      String some = room < MIN_PROTECTED_BYTES ? "" : ", or " + MIN_PROTECTED_BYTES + " to " + room;
      throw ImageException.of(ImageCheck.PROTECTED_SIZE, "protect_tlv_size", 10, found, "0" + some);
    }
    return found;
  }

  private static ImageVersion version(ByteBuffer file) {
    return new ImageVersion(
        Byte.toUnsignedInt(file.get(20)),
        Byte.toUnsignedInt(file.get(21)),
        TlvArea.u16(file, 22),
        u32(file, 24));
  }

  private static long u32(ByteBuffer file, int offset) {
    return Integer.toUnsignedLong(file.getInt(offset));
  }

  private static int require(
      ImageCheck check, String field, int offset, long found, int min, int max)
      throws ImageException {
    if (found < min || found > max) {
      String expected = min == max ? "" + min : min + " to " + max;
      throw ImageException.of(check, field, offset, found, expected);
    }
    return (int) found;
  }

  static void requireHex(ImageCheck check, String field, int offset, int found, int value)
      throws ImageException {
    if (found != value) {
      throw ImageException.of(check, field, offset, hex(found), hex(value));
    }
  }

  private static String hex(int value) {
    return "0x" + Integer.toHexString(value);
  }

  /** Writes the header and advances the position past it. */
  void write(ByteBuffer file) {
    file.putInt(MAGIC).putInt(0);
    file.putShort((short) headerBytes).putShort((short) protectedBytes);
    file.putInt(payloadBytes).putInt(0);
    file.put((byte) version.major()).put((byte) version.minor());
    file.putShort((short) version.revision()).putInt((int) version.build());
    file.putInt(0);
  }

  /** Returns the size of the hashed part: header, payload and protected TLVs. */
  public int hashedBytes() {
    return headerBytes + payloadBytes + protectedBytes;
  }
}
