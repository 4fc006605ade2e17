package dev.switchback.tools.foreign;

import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Topology;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** The bytes of float32 arrays as {@code numpy.save} writes them, in version 1.0. */
final class NpyWriter {
  /** Values begin at a multiple of it. */
  private static final int ALIGNMENT = 64;

  private static final byte[] START = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};

  private NpyWriter() {}

  /** The arrays of a network by the names {@code W1 b1 W2 ...}, in this order. */
  static SequencedMap<String, byte[]> arrays(Parameters parameters) {
    SequencedMap<String, byte[]> arrays = new LinkedHashMap<>();
    Topology topology = parameters.topology();
    float[] values = parameters.toArray();
    for (int l = 0; l < topology.layers(); l++) {
      int weights = topology.offset(l);
      int biases = topology.index(l, topology.fanIn(l), 0);
      String shape = "(" + topology.fanIn(l) + ", " + topology.fanOut(l) + ")";
      arrays.put("W" + (l + 1), write(shape, values, weights, biases));
      String row = "(" + topology.fanOut(l) + ",)";
      arrays.put("b" + (l + 1), write(row, values, biases, topology.offset(l + 1)));
    }
    return arrays;
  }

  /**
   * An array.
   *
   * @param shape as Python writes a tuple, such as {@code (2, 8)} or {@code (8,)}
   * @param values row by row, {@code values[from..to)}
   */
  static byte[] write(String shape, float[] values, int from, int to) {
    String literal = "{'descr': '<f4', 'fortran_order': False, 'shape': " + shape + ", }";
    int unpadded = START.length + Short.BYTES + literal.length() + 1;
    int begin = Math.ceilDiv(unpadded, ALIGNMENT) * ALIGNMENT;
    String header = literal + " ".repeat(begin - unpadded) + "\n";
    ByteBuffer file =
        ByteBuffer.allocate(begin + Float.BYTES * (to - from)).order(ByteOrder.LITTLE_ENDIAN);
    file.put(START).putShort((short) header.length());
    file.put(header.getBytes(StandardCharsets.ISO_8859_1));
    for (int k = from; k < to; k++) {
      file.putFloat(values[k]);
    }
    return file.array();
  }
}
