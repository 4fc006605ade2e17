package dev.switchback.tools.foreign.onnx;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The number types of ONNX that networks are read from. */
enum NumberType {
  FLOAT(1, Float.BYTES),
  INT32(6, Integer.BYTES),
  INT64(7, Long.BYTES),
  BOOL(9, Byte.BYTES),
  FLOAT16(10, Short.BYTES),
  DOUBLE(11, Double.BYTES),
  BFLOAT16(16, Short.BYTES);

  private final int code;
  private final int bytes;

  NumberType(int code, int bytes) {
    this.code = code;
    this.bytes = bytes;
  }

  /** Returns the type with a code of {@code TensorProto.DataType}; null if it is another one. */
  static @Nullable NumberType of(long code) {
    for (NumberType type : values()) {
      if (type.code == code) {
        return type;
      }
    }
    return null;
  }

  int code() {
    return code;
  }

  /** Returns the size of a number. */
  int bytes() {
    return bytes;
  }

  boolean isFloat() {
    return this == FLOAT || this == DOUBLE || this == FLOAT16 || this == BFLOAT16;
  }

  /** Returns the number at an index of a little-endian buffer of this type. */
  double get(ByteBuffer values, int index) {
    int at = index * bytes;
    return switch (this) {
      case FLOAT -> values.getFloat(at);
      case INT32 -> values.getInt(at);
      case INT64 -> values.getLong(at);
      case BOOL -> values.get(at);
      case FLOAT16 -> Float.float16ToFloat(values.getShort(at));
      case DOUBLE -> values.getDouble(at);
      case BFLOAT16 -> Float.intBitsToFloat(values.getShort(at) << Short.SIZE);
    };
  }
}
