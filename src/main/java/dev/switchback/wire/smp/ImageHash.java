package dev.switchback.wire.smp;

import java.util.Arrays;
import java.util.HexFormat;

/** The SHA-256 that identifies an image, 32 bytes; empty if the image has no hash. */
public final class ImageHash {
  private final byte[] bytes;

  /** Does not copy the array. */
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

  /** Returns two hex digits per byte. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes);
  }
}
