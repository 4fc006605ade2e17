package dev.switchback.format;

import java.nio.ByteBuffer;

/** The numbers a weight file may hold, little endian. */
public enum ElementType {
  F32("<f4", Float.BYTES),
  F64("<f8", Double.BYTES);

  private final String descr;
  private final int bytes;

  ElementType(String descr, int bytes) {
    this.descr = descr;
    this.bytes = bytes;
  }

  /** What numpy calls it. */
  public String descr() {
    return descr;
  }

  /** Size of one number. */
  public int bytes() {
    return bytes;
  }

  /** The number at an index of a little-endian buffer of these. */
  double get(ByteBuffer values, int index) {
    return this == F32 ? values.getFloat(index * bytes) : values.getDouble(index * bytes);
  }
}
