package dev.switchback.format;

import java.nio.ByteBuffer;

/** The number types of weight files, little endian. */
public enum ElementType {
  F32("<f4", Float.BYTES),
  F64("<f8", Double.BYTES);

  private final String descr;
  private final int bytes;

  ElementType(String descr, int bytes) {
    this.descr = descr;
    this.bytes = bytes;
  }

  /** Returns the name in numpy. */
  public String descr() {
    return descr;
  }

  /** Returns the size of a number. */
  public int bytes() {
    return bytes;
  }

  /** Returns the number at an index of a little-endian buffer of this type. */
  double get(ByteBuffer values, int index) {
    return this == F32 ? values.getFloat(index * bytes) : values.getDouble(index * bytes);
  }
}
