package dev.switchback.tools.foreign;

import dev.switchback.format.ElementType;
import dev.switchback.format.Shape;
import dev.switchback.format.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/** Arrays of float32 as a foreign file holds them. */
final class ForeignArrays {
  private ForeignArrays() {}

  /** Returns an array of the numbers 1, 2, 3, ... */
  static ForeignArray counting(String name, long... dimensions) {
    Shape shape = new Shape(Arrays.stream(dimensions).boxed().toList());
    float[] values = new float[(int) shape.values()];
    for (int k = 0; k < values.length; k++) {
      values[k] = k + 1;
    }
    return of(name, shape, values);
  }

  static ForeignArray of(String name, Shape shape, float... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putFloat(value);
    }
    Tensor tensor = new Tensor(name, shape, ElementType.F32, false, bytes.rewind());
    return new ForeignArray(name, ForeignType.ofNumpy("<f4"), shape, () -> tensor);
  }

  /** Reads {@code W1 2 3} as the name and dimensions of a counting array; several after commas. */
  static List<ForeignArray> parse(String text) {
    return Arrays.stream(text.split(", *", -1)).map(ForeignArrays::parseOne).toList();
  }

  private static ForeignArray parseOne(String text) {
    String[] words = text.strip().split(" ", -1);
    return counting(words[0], Arrays.stream(words).skip(1).mapToLong(Long::parseLong).toArray());
  }
}
