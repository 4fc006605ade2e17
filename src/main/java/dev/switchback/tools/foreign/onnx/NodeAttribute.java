package dev.switchback.tools.foreign.onnx;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An attribute of a node; of its values only one is set.
 *
 * @param real a float
 * @param integer an integer
 * @param constant a tensor, or a list of floats or integers
 */
record NodeAttribute(String name, float real, long integer, @Nullable GraphConstant constant) {

  /** Reads an {@code AttributeProto}. */
  static NodeAttribute read(WireReader in) throws IOException {
    String name = "";
    float real = 0f;
    long integer = 0;
    GraphConstant constant = null;
    ByteArrayOutputStream reals = new ByteArrayOutputStream();
    ByteArrayOutputStream integers = new ByteArrayOutputStream();
    int outer = in.enter();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> name = in.text();
        case 2 -> real = in.real();
        case 3 -> integer = in.integer();
        case 5 -> constant = GraphConstant.read(in);
        case 7 -> in.numbers(reals);
        case 8 ->
            in.integers(value -> {
              in.count();
              WireReader.append(value, Long.BYTES, integers);
            });
        default -> in.skip();
      }
    }
    in.leave(outer);
    if (integers.size() > 0) {
      constant = list(NumberType.INT64, integers.toByteArray());
    } else if (reals.size() > 0) {
      constant = list(NumberType.FLOAT, reals.toByteArray());
    }
    return new NodeAttribute(name, real, integer, constant);
  }

  private static GraphConstant list(NumberType type, byte[] values) {
    return GraphConstant.of(type, List.of(values.length / type.bytes()), values);
  }
}
