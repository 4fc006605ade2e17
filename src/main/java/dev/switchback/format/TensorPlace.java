package dev.switchback.format;

import dev.switchback.core.nn.Topology;
import java.util.ArrayList;
import java.util.List;

/**
 * A tensor of a network: its name in files, its shape, and the range of its values in the
 * documented order of {@link Topology}.
 *
 * @param from index of its first value
 * @param to index after its last value
 */
public record TensorPlace(String name, List<Integer> shape, int from, int to) {
  /** Returns the tensors {@code W1} [in, out], {@code b1} [out], {@code W2} ... */
  public static List<TensorPlace> of(Topology topology) {
    List<TensorPlace> places = new ArrayList<>();
    for (int l = 0; l < topology.layers(); l++) {
      int in = topology.fanIn(l);
      int out = topology.fanOut(l);
      int biases = topology.index(l, in, 0);
      places.add(new TensorPlace("W" + (l + 1), List.of(in, out), topology.offset(l), biases));
      places.add(new TensorPlace("b" + (l + 1), List.of(out), biases, topology.offset(l + 1)));
    }
    return places;
  }
}
