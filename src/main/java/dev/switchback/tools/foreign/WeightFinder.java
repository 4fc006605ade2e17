package dev.switchback.tools.foreign;

import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Topology;
import dev.switchback.format.FormatException;
import dev.switchback.format.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the network among the arrays of a foreign file. The rules are in {@code
 * src/docs/formats.md}, sections 2 and 3.
 */
final class WeightFinder {
  private final List<ForeignArray> arrays;
  private final Stated stated;

  private WeightFinder(List<ForeignArray> arrays, Stated stated) {
    this.arrays = arrays;
    this.stated = stated;
  }

  /**
   * Returns the network.
   *
   * @param arrays all arrays of the file, of different names
   * @throws FormatException if the arrays form no network or more than one, with what mends it
   * @throws IOException if an array cannot be read
   */
  static FoundWeights find(List<ForeignArray> arrays, Stated stated) throws IOException {
    WeightFinder finder = new WeightFinder(arrays, stated);
    LayerChoice choice = new LayerChoice(finder.arrangements());
    return finder.found(
        stated.isTransposed() == null ? choice.usual() : choice.stated(stated.isTransposed()));
  }

  private List<Arrangement> arrangements() throws FormatException {
    if (stated.names() != null) {
      return List.of(ListedLayers.of(stated.names(), arrays));
    }
    Arrangement named = NamedLayers.in(arrays);
    List<Arrangement> found = named == null ? PositionalLayers.in(arrays) : List.of(named);
    if (found.isEmpty()) {
      ForeignArray.requireNonePickled(arrays);
      throw new FormatException(
          "no weights and biases in "
              + (arrays.isEmpty() ? "a file without arrays" : ForeignArray.listed(arrays))
              + "; say which arrays form the network with --names, such as --names W1,b1,W2,b2");
    }
    return found;
  }

  private FoundWeights found(ChosenLayers chosen) throws IOException {
    List<String> notes = new ArrayList<>(chosen.notes());
    String missing = missingBiases(chosen.chain().layers());
    if (missing != null) {
      notes.add(missing);
    }
    String others = others(chosen.chain().layers());
    if (others != null) {
      notes.add(others);
    }
    return new FoundWeights(
        parameters(chosen),
        new ArrayLayout(chosen.chain().names(), chosen.isTransposed()),
        chosen.isOrientationOpen(),
        notes);
  }

  /** Returns a note on layers without a bias; null if there is none, or its user says so. */
  private @Nullable String missingBiases(List<ArrayLayer> layers) {
    List<ForeignArray> alone =
        layers.stream().filter(layer -> layer.bias() == null).map(ArrayLayer::weights).toList();
    return alone.isEmpty() || stated.names() != null
        ? null
        : "no bias for " + ForeignArray.listed(alone) + ": zero is used";
  }

  /** Returns a note on arrays that are in no layer; null if there are none. */
  private @Nullable String others(List<ArrayLayer> layers) {
    Set<ForeignArray> used =
        layers.stream().flatMap(ArrayLayer::arrays).collect(Collectors.toSet());
    List<ForeignArray> others = arrays.stream().filter(array -> !used.contains(array)).toList();
    return others.isEmpty() ? null : "not part of the network: " + ForeignArray.listed(others);
  }

  private static Parameters parameters(ChosenLayers chosen) throws IOException {
    Topology topology = topology(chosen.chain());
    List<ArrayLayer> layers = chosen.chain().layers();
    List<Tensor> weights = new ArrayList<>();
    List<@Nullable Tensor> biases = new ArrayList<>();
    // What the file holds is read before there is room for what it declares.
    for (ArrayLayer layer : layers) {
      Tensor tensor = layer.weights().values().read();
      boolean isTurned = chosen.isTransposed() && layer.weights().dimensions() == 2;
      weights.add(isTurned ? tensor.transposed() : tensor);
      biases.add(layer.bias() == null ? null : layer.bias().values().read());
    }
    float[] values = new float[topology.parameterCount()];
    for (int l = 0; l < layers.size(); l++) {
      weights.get(l).copyTo(values, topology.offset(l));
      Tensor bias = biases.get(l);
      if (bias != null) {
        bias.copyTo(values, topology.index(l, topology.fanIn(l), 0));
      }
    }
    return Parameters.of(topology, values);
  }

  private static Topology topology(LayerChain chain) throws FormatException {
    int[] widths =
        chain.widths().stream()
            .mapToInt(width -> Math.clamp(width, 0, Integer.MAX_VALUE))
            .toArray();
    try {
      return new Topology(widths, Activation.ofLayers(widths.length - 1, Activation.LINEAR));
    } catch (IllegalArgumentException e) {
      throw new FormatException(
          ForeignArray.listed(chain.layers().stream().flatMap(ArrayLayer::arrays).toList())
              + ": "
              + e.getMessage(),
          e);
    }
  }
}
