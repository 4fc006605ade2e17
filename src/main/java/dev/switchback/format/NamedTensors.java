package dev.switchback.format;

import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Topology;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * A network as named tensors: weights {@code Wk} [in, out] and biases {@code bk} [out] or [1, out],
 * k from 1, and no others.
 */
record NamedTensors(Map<String, Tensor> byName) {
  /**
   * Returns the layer widths, input first.
   *
   * @throws FormatException if the tensors do not form a network
   */
  private int[] widths() throws FormatException {
    int layers = byName.size() / 2;
    if (layers == 0 || byName.size() % 2 != 0) {
      throw new FormatException(
          byName.size() + " tensors; a network has a W and a b for each layer");
    }
    if (layers > Topology.MAX_LAYERS) {
      throw new FormatException(layers + " layers, at most " + Topology.MAX_LAYERS + " expected");
    }
    int[] widths = new int[layers + 1];
    for (int l = 0; l < layers; l++) {
      Shape weights = weights(l).shape();
      Shape biases = biases(l).shape();
      if (biases.columns() != weights.columns() || (l > 0 && weights.rows() != widths[l])) {
        throw new FormatException(
            "tensors %s %s and %s %s do not fit their neighbours"
                .formatted(weights(l).name(), weights, biases(l).name(), biases));
      }
      widths[l] = (int) weights.rows();
      widths[l + 1] = (int) weights.columns();
    }
    return widths;
  }

  private Tensor weights(int layer) throws FormatException {
    Tensor tensor = named("W" + (layer + 1));
    if (tensor.shape().dimensions().size() != 2) {
      throw new FormatException(
          "tensor " + tensor.name() + ": shape " + tensor.shape() + ", [in, out] expected");
    }
    return tensor;
  }

  private Tensor biases(int layer) throws FormatException {
    Tensor tensor = named("b" + (layer + 1));
    if (tensor.shape().rows() != 1) {
      throw new FormatException(
          "tensor " + tensor.name() + ": shape " + tensor.shape() + ", [out] or [1, out] expected");
    }
    return tensor;
  }

  private Tensor named(String name) throws FormatException {
    Tensor tensor = byName.get(name);
    if (tensor == null) {
      throw new FormatException("tensor " + name + " is missing, found " + byName.keySet());
    }
    return tensor;
  }

  /**
   * Returns the network.
   *
   * @param activations returns the activations for a number of dense layers
   * @param where prefix of messages about the activations
   * @throws FormatException if the tensors and activations do not form a network, or naming a value
   *     that is not a finite float
   */
  Parameters parameters(IntFunction<Activation[]> activations, String where)
      throws FormatException {
    int[] widths = widths();
    Topology topology;
    try {
      topology = new Topology(widths, activations.apply(widths.length - 1));
    } catch (IllegalArgumentException e) {
      throw new FormatException(where + e.getMessage(), e);
    }
    float[] values = new float[topology.parameterCount()];
    for (int l = 0; l < topology.layers(); l++) {
      weights(l).copyTo(values, topology.offset(l));
      biases(l).copyTo(values, topology.index(l, topology.fanIn(l), 0));
    }
    return Parameters.of(topology, values);
  }
}
