package dev.switchback.format;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Builds weight images by hand, so that each part can be wrong. */
final class ImageBytes {
  private ImageBytes() {}

  /** Returns a file with some bytes replaced. */
  static byte[] with(byte[] file, int offset, int... values) {
    byte[] changed = file.clone();
    for (int k = 0; k < values.length; k++) {
      changed[offset + k] = (byte) values[k];
    }
    return changed;
  }

  /** Returns a file with a 16-bit number replaced. */
  static byte[] withU16(byte[] file, int offset, int value) {
    return with(file, offset, value, value >> 8);
  }

  static byte[] withBitFlipped(byte[] file, int bit) {
    return with(file, bit / 8, file[bit / 8] ^ 1 << bit % 8);
  }

  /** Returns a 16-bit number, little endian. */
  static byte[] u16(int value) {
    return new byte[] {(byte) value, (byte) (value >> 8)};
  }

  static byte[] tlv(int type, byte... value) {
    return join(u16(type), u16(value.length), value);
  }

  /** Returns an area of TLVs. */
  static byte[] area(int magic, byte[]... entries) {
    byte[] all = join(entries);
    return join(u16(magic), u16(4 + all.length), all);
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      bytes.writeBytes(part);
    }
    return bytes.toByteArray();
  }

  /** Returns header and payload of an unsigned image that we wrote. */
  static byte[] hashed(WeightImage image) {
    return Arrays.copyOf(image.bytes(), image.header().hashedBytes());
  }

  /** Returns the hashed part, followed by an area with its SHA-256 and the given entries. */
  static byte[] sealed(byte[] hashed, byte[]... further) {
    byte[] hash = tlv(0x10, Sha256.of(hashed, hashed.length));
    return join(hashed, area(0x6907, hash, join(further)));
  }

  /** Returns an image of the test network with other metadata. */
  static byte[] ofHeader(String safetensorsHeader) {
    byte[] payload =
        SafetensorsTest.file(
            safetensorsHeader.getBytes(StandardCharsets.UTF_8).length,
            safetensorsHeader,
            SafetensorsTest.VALUES);
    byte[] header = Arrays.copyOf(WeightImageTest.UNSIGNED.bytes(), 32);
    return sealed(join(with(header, 12, payload.length, payload.length >> 8), payload));
  }
}
