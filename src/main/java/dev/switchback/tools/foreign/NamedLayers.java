package dev.switchback.tools.foreign;

import dev.switchback.core.nn.Topology;
import dev.switchback.format.FormatException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Pairs weights and biases by the names of their arrays. */
final class NamedLayers {
  private static final Pattern SHORT_NUMBER = Pattern.compile("[0-9]{1,9}");
  private static final Pattern LAST_NUMBER = Pattern.compile("[0-9]+(?=[^0-9]*$)");

  private final Map<ForeignArray, ArrayName> names = new LinkedHashMap<>();
  private final Map<List<String>, ForeignArray> weights = new LinkedHashMap<>();
  private final Map<ForeignArray, ForeignArray> biases = new HashMap<>();

  private NamedLayers(List<ForeignArray> arrays) {
    arrays.forEach(array -> names.put(array, ArrayName.of(array.name())));
    // A single number, such as weight_decay, is no matrix.
    names.replaceAll(
        (array, name) -> name.isWeights() && array.dimensions() == 0 ? name.asOther() : name);
    List<ArrayName> matrices =
        names.entrySet().stream()
            .filter(entry -> entry.getValue().isWeights() && entry.getKey().dimensions() > 1)
            .map(Map.Entry::getValue)
            .toList();
    // Beside W1, class_weights of one dimension belong to something else.
    names.replaceAll((array, name) ->
        name.isWeights()
                && array.dimensions() == 1
                && !matrices.isEmpty()
                && matrices.stream().noneMatch(name::isBuiltLike)
            ? name.asOther()
            : name);
  }

  /**
   * Returns the layers.
   *
   * @return null if no array is named as weights
   * @throws FormatException naming an array that belongs to no layer, a layer that is missing or
   *     one that Switchback lacks
   */
  static @Nullable Arrangement in(List<ForeignArray> arrays) throws FormatException {
    NamedLayers layers = new NamedLayers(arrays);
    if (layers.names.values().stream().noneMatch(ArrayName::isWeights)) {
      return null;
    }
    UnsupportedLayers.requireNone(layers.names);
    ForeignArray.requireNonePickled(
        arrays.stream()
            .filter(array -> layers.name(array).kind() != ArrayName.Kind.OTHER)
            .toList());
    layers.collectWeights();
    layers.pairBiases();
    layers.requireNoGap();
    return layers.arrangement();
  }

  private ArrayName name(ForeignArray array) {
    return Objects.requireNonNull(names.get(array));
  }

  private void collectWeights() throws FormatException {
    for (ForeignArray array : names.keySet()) {
      if (name(array).isWeights()) {
        ForeignArray other = weights.put(name(array).key(), array);
        if (other != null) {
          throw refusal(other + " and " + array + " are weights of one layer");
        }
      }
    }
    if (weights.size() > Topology.MAX_LAYERS) {
      throw refusal(
          weights.size() + " arrays of weights, at most " + Topology.MAX_LAYERS + " expected");
    }
  }

  /** Finds the weights of each bias: those of the same layer, else the only ones that end so. */
  private void pairBiases() throws FormatException {
    // Without wih, a short word such as box is no bias.
    boolean hasShort = weights.values().stream().anyMatch(array -> name(array).isShort());
    for (ForeignArray bias : names.keySet()) {
      ArrayName name = name(bias);
      if (name.kind() == ArrayName.Kind.BIAS && (hasShort || !name.isShort())) {
        ForeignArray own = weightsOf(bias);
        if (own == null) {
          continue;
        }
        ForeignArray other = biases.put(own, bias);
        if (other != null) {
          throw refusal(other + " and " + bias + " are biases of one layer");
        }
      }
    }
  }

  /** Returns the weights of a bias; null for a single number without weights. */
  private @Nullable ForeignArray weightsOf(ForeignArray bias) throws FormatException {
    ForeignArray own = weights.get(name(bias).key());
    if (own != null) {
      return own;
    }
    List<ForeignArray> ending =
        weights.values().stream().filter(array -> name(bias).isEndOf(name(array))).toList();
    if (ending.isEmpty() && bias.dimensions() == 0) {
      return null;
    }
    if (ending.size() != 1) {
      throw refusal(
          "bias "
              + bias
              + (ending.isEmpty() ? " has no weights" : " fits " + ForeignArray.listed(ending)));
    }
    return ending.getFirst();
  }

  /** Checks that numbers behind the word, as in {@code W1}, count from 0 or 1 without a gap. */
  private void requireNoGap() throws FormatException {
    Map<List<String>, SortedMap<Integer, ForeignArray>> numbered = new LinkedHashMap<>();
    for (Map.Entry<List<String>, ForeignArray> entry : weights.entrySet()) {
      List<String> key = entry.getKey();
      if (name(entry.getValue()).end() == ArrayName.End.NUMBER
          && SHORT_NUMBER.matcher(key.getLast()).matches()) {
        numbered
            .computeIfAbsent(key.subList(0, key.size() - 1), _ -> new TreeMap<>())
            .put(Integer.parseInt(key.getLast()), entry.getValue());
      }
    }
    for (Map.Entry<List<String>, SortedMap<Integer, ForeignArray>> group : numbered.entrySet()) {
      // The first may have no number: kernel, kernel_1.
      int before = weights.containsKey(group.getKey()) ? 1 : 0;
      requireNoGap(group.getValue(), before);
    }
  }

  /** Checks numbers that count from {@code first} or from the next. */
  private static void requireNoGap(SortedMap<Integer, ForeignArray> numbered, int first)
      throws FormatException {
    int next = Math.clamp(numbered.firstKey(), first, first + 1);
    for (Map.Entry<Integer, ForeignArray> entry : numbered.entrySet()) {
      if (entry.getKey() != next) {
        String missing =
            LAST_NUMBER
                .matcher(entry.getValue().name().replaceFirst(":[0-9]+$", ""))
                .replaceFirst(String.valueOf(next));
        throw refusal(
            ForeignArray.shown(missing)
                + " is missing, found "
                + ForeignArray.listed(numbered.values()));
      }
      next++;
    }
  }

  private Arrangement arrangement() throws FormatException {
    LayerOrders orders = new LayerOrders();
    for (Map.Entry<List<String>, ForeignArray> entry : weights.entrySet()) {
      orders.add(entry.getKey(), ArrayLayer.of(entry.getValue(), biases.get(entry.getValue())));
    }
    return new Arrangement(orders, false, null);
  }

  private static FormatException refusal(String what) {
    return new FormatException(
        what + "; say which arrays form the network with --names, such as --names W1,b1,W2,b2");
  }
}
