package dev.switchback.format;

import java.nio.ByteBuffer;

/** The number types of weight files, by their names in safetensors. */
public enum ElementType {
  F16(2),
  BF16(2),
  F32(4),
  F64(8),
  I8(1),
  I16(2),
  I32(4),
  I64(8),
  U8(1),
  U16(2),
  U32(4),
  U64(8),
  BOOL(1);

  private final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  /** Returns the size of a number. */
  public int bytes() {
    return bytes;
  }

  private boolean isInteger() {
    return compareTo(I8) >= 0;
  }

  /**
   * Returns a number as the nearest float, in the byte order of its buffer.
   *
   * @param index counts numbers, not bytes
   * @throws NotRepresentable if it is an integer between two floats, or is not finite as a float
   */
  float get(ByteBuffer values, int index) throws NotRepresentable {
    return isInteger()
        ? exact(integer(values, index * bytes))
        : finite(nearestDouble(values, index));
  }

  /**
   * Returns a number as the nearest double, in the byte order of its buffer.
   *
   * @param index counts numbers, not bytes
   */
  public double nearestDouble(ByteBuffer values, int index) {
    int at = index * bytes;
    if (isInteger()) {
      long value = integer(values, at);
      boolean isHuge = this == U64 && value < 0;
      return isHuge ? 2.0 * ((value >>> 1) | (value & 1)) : value;
    }
    return switch (this) {
      case F16 -> Float.float16ToFloat(values.getShort(at));
      case BF16 -> Float.intBitsToFloat(values.getShort(at) << Short.SIZE);
      case F32 -> values.getFloat(at);
      default -> values.getDouble(at);
    };
  }

  private long integer(ByteBuffer values, int at) {
    return switch (this) {
      case I8 -> values.get(at);
      case I16 -> values.getShort(at);
      case I32 -> values.getInt(at);
      case U8 -> Byte.toUnsignedInt(values.get(at));
      case U16 -> Short.toUnsignedInt(values.getShort(at));
      case U32 -> Integer.toUnsignedLong(values.getInt(at));
      case BOOL -> values.get(at) == 0 ? 0 : 1;
      default -> values.getLong(at);
    };
  }

  private static float finite(double value) throws NotRepresentable {
    float rounded = (float) value;
    if (!Float.isFinite(rounded)) {
      throw new NotRepresentable(
          value + (Double.isFinite(value) ? ", beyond the largest float" : ""));
    }
    return rounded;
  }

  private float exact(long value) throws NotRepresentable {
    boolean isHuge = this == U64 && value < 0;
    // With its highest bit set, an integer of 64 bits has 40 more than a float holds.
    float rounded = isHuge ? 2f * (value >>> 1) : value;
    boolean isExact = isHuge ? value << 24 == 0 : rounded < 0x1p63f && (long) rounded == value;
    if (!isExact) {
      String text = isHuge ? Long.toUnsignedString(value) : Long.toString(value);
      throw new NotRepresentable(text + ", which no float is exactly; astype('f4') rounds it");
    }
    return rounded;
  }

  /** A number that is not read as a float; the message is the number and the reason. */
  static final class NotRepresentable extends Exception {
    private static final long serialVersionUID = 1L;

    NotRepresentable(String message) {
      super(message);
    }
  }
}
