package dev.switchback.format;

import dev.switchback.core.nn.Topology;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A tensor of a network: its name and shape in a file, and the range of its values in the
 * documented order of {@link Topology}.
 *
 * @param from index of its first value
 * @param to index after its last value
 * @param isTransposed whether the file has a row for each column of the documented order
 */
public record TensorPlace(
    String name, List<Integer> shape, int from, int to, boolean isTransposed) {
  /** Returns the tensors {@code W1} [in, out], {@code b1} [out], {@code W2} ... */
  public static List<TensorPlace> of(Topology topology) {
    List<TensorPlace> places = new ArrayList<>();
    for (int l = 0; l < topology.layers(); l++) {
      int in = topology.fanIn(l);
      int out = topology.fanOut(l);
      int biases = topology.index(l, in, 0);
      int end = topology.offset(l + 1);
      places.add(
          new TensorPlace("W" + (l + 1), List.of(in, out), topology.offset(l), biases, false));
      places.add(new TensorPlace("b" + (l + 1), List.of(out), biases, end, false));
    }
    return places;
  }

  /** Returns the same values under another name. */
  public TensorPlace named(String other) {
    return new TensorPlace(other, shape, from, to, isTransposed);
  }

  /** Returns the matrix with rows and columns exchanged. */
  public TensorPlace transposed() {
    return new TensorPlace(name, shape.reversed(), from, to, !isTransposed);
  }

  /** Returns the size of its values as floats. */
  public int bytes() {
    return Float.BYTES * (to - from);
  }

  /** Appends its values row by row, each as a float in the byte order of the target. */
  public void write(float[] values, ByteBuffer target) {
    int columns = shape.getLast();
    int rows = (to - from) / columns;
    for (int k = 0; k < to - from; k++) {
      int place = isTransposed ? k % columns * rows + k / columns : k;
      target.putFloat(values[from + place]);
    }
  }
}
