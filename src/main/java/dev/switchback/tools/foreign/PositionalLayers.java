package dev.switchback.tools.foreign;

import dev.switchback.core.nn.Topology;
import dev.switchback.format.FormatException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Layers of arrays that {@code numpy.savez} numbers: {@code arr_0}, {@code arr_1}, ... */
final class PositionalLayers {
  private static final Pattern NAME = Pattern.compile("arr_(0|[1-9][0-9]{0,3})");
  private static final int MAX_ARRAYS = 2 * Topology.MAX_LAYERS;

  private PositionalLayers() {}

  /**
   * Returns the arrangements that the number of arrays allows, the usual one first; none if no
   * array is numbered.
   *
   * @throws FormatException naming an array that is missing, or holds no numbers
   */
  static List<Arrangement> in(List<ForeignArray> arrays) throws FormatException {
    SortedMap<Integer, ForeignArray> byNumber = new TreeMap<>();
    for (ForeignArray array : arrays) {
      Matcher name = NAME.matcher(array.name());
      if (name.matches()) {
        byNumber.put(Integer.parseInt(name.group(1)), array);
      }
    }
    if (byNumber.size() > MAX_ARRAYS) {
      throw new FormatException(
          byNumber.size() + " arrays by number, at most " + MAX_ARRAYS + " expected");
    }
    List<ForeignArray> numbered = List.copyOf(byNumber.values());
    ForeignArray.requireNonePickled(numbered);
    for (ForeignArray array : numbered) {
      array.type().requireNumbers(array.name());
    }
    for (int k = 0; k < numbered.size(); k++) {
      if (!byNumber.containsKey(k)) {
        throw new FormatException(
            "arr_" + k + " is missing, found " + ForeignArray.listed(numbered));
      }
    }
    return arrangements(numbered);
  }

  private static List<Arrangement> arrangements(List<ForeignArray> arrays) {
    List<Arrangement> arrangements = new ArrayList<>();
    int half = arrays.size() / 2;
    List<ArrayLayer> alternating = new ArrayList<>();
    List<ArrayLayer> split = new ArrayList<>();
    for (int k = 0; k < half; k++) {
      alternating.add(new ArrayLayer(arrays.get(2 * k), arrays.get(2 * k + 1)));
      split.add(new ArrayLayer(arrays.get(k), arrays.get(half + k)));
    }
    if (arrays.size() % 2 == 0) {
      add(alternating, null, arrangements);
    }
    if (arrays.size() % 2 == 0 && half > 1) {
      add(split, "arrays read as all weights and then all biases", arrangements);
    }
    if (arrays.size() <= Topology.MAX_LAYERS) {
      add(
          arrays.stream().map(array -> new ArrayLayer(array, null)).toList(),
          "arrays read as weights alone",
          arrangements);
    }
    return arrangements;
  }

  /** Adds layers if their shapes tell weights, which have two dimensions, from biases. */
  private static void add(
      List<ArrayLayer> layers, @Nullable String note, List<Arrangement> arrangements) {
    if (!layers.isEmpty()
        && layers.stream()
            .allMatch(layer -> layer.weights().dimensions() == 2 && layer.problem() == null)) {
      arrangements.add(new Arrangement(LayerOrders.inOrder(layers), true, note));
    }
  }
}
