package dev.switchback.wire.smp;

import java.util.Arrays;
import java.util.HexFormat;

/** An image's own SHA-256, which is its name: 32 bytes; none of an image that has no hash. */
public final class ImageHash {
  private final byte[] bytes;

  /** Keeps the array. */
  public ImageHash(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The array itself. */
  public byte[] bytes() {
    return bytes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ImageHash hash && Arrays.equals(bytes, hash.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** For people and in JSON: two hex digits a byte. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes);
  }
}
