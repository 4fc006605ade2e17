package dev.switchback.tools.foreign;

import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Topology;
import dev.switchback.format.FormatException;
import java.util.List;

/**
 * Reads a network written by {@code fann_save} of libfann 2: full layers, each with a bias neuron
 * at its end. Weights are multiplied by the steepness and rounded once to the nearest float.
 *
 * <p>libfann's default, stepwise sigmoids, is piecewise linear; no activation here matches it, so
 * it is refused. libfann limits linear neurons to 150; there is no such limit here.
 */
public final class Fann {
  /** Largest file accepted. */
  public static final int MAX_BYTES = 1 << 26;

  private Fann() {}

  /**
   * Reads a file.
   *
   * @throws FormatException naming the line and the first check that failed
   */
  public static Parameters read(byte[] file) throws FormatException {
    if (file.length > MAX_BYTES) {
      throw new FormatException(
          "FANN file of " + file.length + " bytes, at most " + MAX_BYTES + " expected");
    }
    FannText text = FannText.of(file);
    require(text, "network_type", 0, "0 (layers without shortcuts) expected");
    require(text, "scale_included", 0, "0 (no scaling of inputs and outputs) expected");
    int[] widths = widths(text);
    FannTuples neurons = new FannTuples(text.field("neurons"));
    FannLayer[] layers = layers(neurons, widths);
    neurons.requireEnd();
    FannTuples connections = new FannTuples(text.field("connections"));
    Parameters parameters = parameters(connections, topology(widths, layers), layers);
    connections.requireEnd();
    return parameters;
  }

  private static void require(FannText text, String name, int value, String expected)
      throws FormatException {
    FannText.Field field = text.field(name);
    if (!field.integers().equals(List.of(value))) {
      throw field.refusal("'" + FannText.shortened(field.value().strip()) + "', " + expected);
    }
  }

  private static int[] widths(FannText text) throws FormatException {
    FannText.Field field = text.field("layer_sizes");
    List<Integer> sizes = field.integers();
    require(text, "num_layers", sizes.size(), sizes.size() + " expected as in layer_sizes");
    int[] widths = sizes.stream().mapToInt(size -> size - 1).toArray();
    try {
      Topology _ = new Topology(widths, Activation.ofLayers(widths.length - 1, Activation.LINEAR));
    } catch (IllegalArgumentException e) {
      throw field.refusal("without the bias neurons: " + e.getMessage());
    }
    return widths;
  }

  private static FannLayer[] layers(FannTuples neurons, int[] widths) throws FormatException {
    long count = 0;
    for (int width : widths) {
      count += width + 1;
    }
    neurons.requireCount(count);
    FannLayer.skipInputs(neurons, widths[0]);
    FannLayer[] layers = new FannLayer[widths.length - 1];
    for (int l = 0; l < layers.length; l++) {
      layers[l] = FannLayer.read(neurons, widths[l], widths[l + 1]);
    }
    return layers;
  }

  private static Topology topology(int[] widths, FannLayer[] layers) {
    Activation[] activations = new Activation[layers.length];
    for (int l = 0; l < layers.length; l++) {
      activations[l] = layers[l].activation();
    }
    return new Topology(widths, activations);
  }

  private static Parameters parameters(
      FannTuples connections, Topology topology, FannLayer[] layers) throws FormatException {
    connections.requireCount(topology.parameterCount());
    float[] values = new float[topology.parameterCount()];
    int firstNeuron = 0;
    for (int l = 0; l < topology.layers(); l++) {
      for (int j = 0; j < topology.fanOut(l); j++) {
        for (int i = 0; i <= topology.fanIn(l); i++) {
          values[topology.index(l, i, j)] =
              weight(connections, firstNeuron + i, layers[l].scale(j));
        }
      }
      firstNeuron += topology.fanIn(l) + 1;
    }
    return Parameters.of(topology, values);
  }

  private static float weight(FannTuples connections, int neuron, double scale)
      throws FormatException {
    double[] connection = connections.next(2);
    if (connection[0] != neuron) {
      throw connections.refusal("not from neuron " + neuron + ", the next of a full layer");
    }
    float weight = (float) (connection[1] * scale);
    if (!Float.isFinite(weight)) {
      throw connections.refusal("weight " + connection[1] + " times steepness overflows a float");
    }
    return weight;
  }
}
