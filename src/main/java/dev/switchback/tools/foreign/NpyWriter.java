package dev.switchback.tools.foreign;

import dev.switchback.core.nn.Parameters;
import dev.switchback.format.TensorPlace;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/** Writes float32 arrays in the format of {@code numpy.save}, version 1.0. */
final class NpyWriter {
  /** The offset of the values is a multiple of it. */
  private static final int ALIGNMENT = 64;

  private static final byte[] START = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};

  private NpyWriter() {}

  /** Returns the arrays of a network by name, in their order. */
  static SequencedMap<String, byte[]> arrays(Parameters parameters, List<TensorPlace> tensors) {
    SequencedMap<String, byte[]> arrays = new LinkedHashMap<>();
    float[] values = parameters.toArray();
    tensors.forEach(tensor -> arrays.put(tensor.name(), write(tensor, values)));
    return arrays;
  }

  static byte[] write(TensorPlace tensor, float[] values) {
    String literal =
        "{'descr': '<f4', 'fortran_order': False, 'shape': " + tuple(tensor.shape()) + ", }";
    int unpadded = START.length + Short.BYTES + literal.length() + 1;
    int begin = Math.ceilDiv(unpadded, ALIGNMENT) * ALIGNMENT;
    String header = literal + " ".repeat(begin - unpadded) + "\n";
    ByteBuffer file = ByteBuffer.allocate(begin + tensor.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    file.put(START).putShort((short) header.length());
    file.put(header.getBytes(StandardCharsets.ISO_8859_1));
    tensor.write(values, file);
    return file.array();
  }

  /** Formats a shape as a Python tuple: {@code (2, 8)} or {@code (8,)}. */
  private static String tuple(List<Integer> shape) {
    String inside = shape.stream().map(String::valueOf).collect(Collectors.joining(", "));
    return shape.size() == 1 ? "(" + inside + ",)" : "(" + inside + ")";
  }
}
