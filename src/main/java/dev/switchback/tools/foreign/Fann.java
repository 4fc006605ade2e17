package dev.switchback.tools.foreign;

import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Topology;
import dev.switchback.format.FormatException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Reads a network written by {@code fann_save} or {@code fann_save_to_fixed} of libfann 2: full
 * layers, each with a bias neuron at its end. Weights are multiplied by the steepness and rounded
 * once to the nearest float.
 *
 * <p>libfann limits linear neurons to 150; there is no such limit here.
 */
public final class Fann {
  /** Largest file accepted. */
  public static final int MAX_BYTES = 1 << 26;

  private static final int MAX_DECIMAL_POINT = 30;

  private final FannText text;
  private final boolean isSmooth;

  private Fann(FannText text, boolean isSmooth) {
    this.text = text;
    this.isSmooth = isSmooth;
  }

  /**
   * Reads a file.
   *
   * @param isSmooth whether stepwise activations are read as smooth ones
   * @throws FormatException naming the line and the first check that failed
   */
  public static FannNetwork read(byte[] file, boolean isSmooth) throws FormatException {
    if (file.length > MAX_BYTES) {
      throw new FormatException(
          "FANN file of " + file.length + " bytes, at most " + MAX_BYTES + " expected");
    }
    return new Fann(FannText.of(file), isSmooth).network();
  }

  private FannNetwork network() throws FormatException {
    require(
        "network_type",
        0,
        "0 expected; layers without shortcuts are made by fann_create_standard, not by"
            + " fann_create_shortcut and cascade training");
    if (text.has("scale_included")) {
      require(
          "scale_included",
          0,
          "0 expected; train on data that are not scaled, or if fann_run takes your inputs as they"
              + " are, call fann_clear_scaling_params before fann_save");
    }
    double unit = unit();
    int[] widths = widths();
    FannTuples neurons = new FannTuples(text.field("neurons"));
    FannLayer[] layers = layers(neurons, widths, unit);
    neurons.requireEnd();
    FannTuples connections = new FannTuples(text.field("connections"));
    Parameters parameters = parameters(connections, topology(widths, layers), layers, unit);
    connections.requireEnd();
    return new FannNetwork(parameters, notes(parameters, layers));
  }

  private void require(String name, int value, String expected) throws FormatException {
    FannText.Field field = text.field(name);
    if (!field.integers().equals(List.of(value))) {
      throw field.refusal("'" + FannText.shortened(field.value().strip()) + "', " + expected);
    }
  }

  /** Returns the number that stands for 1 in weights and steepness. */
  private double unit() throws FormatException {
    if (!text.isFixed()) {
      return 1.0;
    }
    FannText.Field field = text.field("decimal_point");
    List<Integer> point = field.integers();
    if (point.size() != 1 || point.getFirst() > MAX_DECIMAL_POINT) {
      throw field.refusal(
          "'"
              + FannText.shortened(field.value().strip())
              + "', 0 to "
              + MAX_DECIMAL_POINT
              + " expected");
    }
    return Math.scalb(1.0, point.getFirst());
  }

  private int[] widths() throws FormatException {
    FannText.Field field = text.field("layer_sizes");
    List<Integer> sizes = field.integers();
    require("num_layers", sizes.size(), sizes.size() + " expected as in layer_sizes");
    int[] widths = sizes.stream().mapToInt(size -> size - 1).toArray();
    try {
      Topology _ = new Topology(widths, Activation.ofLayers(widths.length - 1, Activation.LINEAR));
    } catch (IllegalArgumentException e) {
      throw field.refusal("without the bias neurons: " + e.getMessage());
    }
    return widths;
  }

  private FannLayer[] layers(FannTuples neurons, int[] widths, double unit) throws FormatException {
    long count = 0;
    for (int width : widths) {
      count += width + 1;
    }
    neurons.requireCount(count);
    FannLayer.skipInputs(neurons, widths[0]);
    FannLayer[] layers = new FannLayer[widths.length - 1];
    for (int l = 0; l < layers.length; l++) {
      layers[l] = FannLayer.read(neurons, widths[l], widths[l + 1], unit, isSmooth);
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
      FannTuples connections, Topology topology, FannLayer[] layers, double unit)
      throws FormatException {
    connections.requireCount(topology.parameterCount());
    float[] values = new float[topology.parameterCount()];
    int firstNeuron = 0;
    for (int l = 0; l < topology.layers(); l++) {
      for (int j = 0; j < topology.fanOut(l); j++) {
        for (int i = 0; i <= topology.fanIn(l); i++) {
          values[topology.index(l, i, j)] =
              weight(connections, firstNeuron + i, layers[l].scale(j) / unit);
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

  /** Returns what libfann computes in another way. */
  private List<String> notes(Parameters parameters, FannLayer[] layers) {
    List<String> notes = new ArrayList<>();
    List<Boolean> isStepwise =
        Arrays.stream(layers)
            .map(layer ->
                layer.isStepwise() || (text.isFixed() && layer.activation() != Activation.LINEAR))
            .toList();
    if (isStepwise.contains(true)) {
      StepwiseDifference difference =
          new StepwiseDifference(new StepwiseNetwork(parameters, isStepwise));
      notes.add(
          String.format(
              Locale.ROOT,
              "%s read as smooth; the outputs differ by at most %.2g at %d points between -0.5 and"
                  + " 1.5",
              text.isFixed()
                  ? "activations, which the fixed library computes stepwise,"
                  : "stepwise activations",
              difference.largest(),
              difference.points()));
    }
    if (text.isFixed() && Arrays.stream(layers).anyMatch(FannLayer::isSteepLinear)) {
      notes.add(
          "LINEAR read with its steepness, as the float library computes it; the fixed one leaves"
              + " it out");
    }
    return notes;
  }
}
