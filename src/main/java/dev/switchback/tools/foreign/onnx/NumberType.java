package dev.switchback.tools.foreign.onnx;

import dev.switchback.format.ElementType;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The number types of ONNX that networks are read from. */
enum NumberType {
  FLOAT(1, ElementType.F32),
  INT32(6, ElementType.I32),
  INT64(7, ElementType.I64),
  BOOL(9, ElementType.BOOL),
  FLOAT16(10, ElementType.F16),
  DOUBLE(11, ElementType.F64),
  BFLOAT16(16, ElementType.BF16);

  private final int code;
  private final ElementType numbers;

  NumberType(int code, ElementType numbers) {
    this.code = code;
    this.numbers = numbers;
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
    return numbers.bytes();
  }

  boolean isFloat() {
    return this == FLOAT || this == DOUBLE || this == FLOAT16 || this == BFLOAT16;
  }

  /** Returns the number at an index of a little-endian buffer of this type. */
  double get(ByteBuffer values, int index) {
    return numbers.nearestDouble(values, index);
  }
}
