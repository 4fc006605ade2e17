package dev.switchback.core.nn;

import java.util.Arrays;
import java.util.Objects;

/**
 * Layer widths and activations, e.g. 2-2-1 with sigmoid in both dense layers. Immutable.
 *
 * <p>Dense layers are counted from 0; layer {@code l} connects {@code width(l)} inputs with {@code
 * width(l + 1)} neurons. Files count from 1: the weights of layer 0 are {@code W1}, its biases
 * {@code b1}.
 *
 * <p><b>The documented order</b> of all parameters, used by files, hashes and starting draws: layer
 * by layer; in a layer the weights row by row (one row per input, one column per neuron), then the
 * biases. A bias is the weight of a constant input 1, so it is addressed as row {@code fanIn}:
 *
 * <pre>
 *   layer 0: W1[0][0..out) W1[1][0..out) ... W1[in-1][0..out) b1[0..out)   layer 1: W2 ... b2
 * </pre>
 */
public final class Topology {
  /** Largest width of a layer. */
  public static final int MAX_WIDTH = 4096;

  /** Largest number of dense layers. */
  public static final int MAX_LAYERS = 16;

  private final int[] widths;
  private final Activation[] activations;
  private final int[] offsets;

  /**
   * A topology of at least one dense layer.
   *
   * @param widths input width, then one width per dense layer; each 1 to {@link #MAX_WIDTH}
   * @param activations one per dense layer; softmax only in the last, with at least two outputs
   * @throws IllegalArgumentException naming the value that does not fit
   */
  public Topology(int[] widths, Activation... activations) {
    int layers = widths.length - 1;
    if (layers < 1 || layers > MAX_LAYERS) {
      throw new IllegalArgumentException(
          "a topology has 1 to " + MAX_LAYERS + " dense layers, not " + layers);
    }
    if (activations.length != layers) {
      throw new IllegalArgumentException(
          layers + " dense layers need " + layers + " activations, not " + activations.length);
    }
    this.widths = widths.clone();
    this.activations = activations.clone();
    this.offsets = new int[layers + 1];
    requireWidth(widths[0]);
    for (int l = 0; l < layers; l++) {
      requireWidth(widths[l + 1]);
      offsets[l + 1] = Math.addExact(offsets[l], (widths[l] + 1) * widths[l + 1]);
      if (activations[l] == Activation.SOFTMAX && (l < layers - 1 || widths[l + 1] < 2)) {
        throw new IllegalArgumentException(
            "softmax belongs to an output layer of two or more neurons");
      }
    }
  }

  private static void requireWidth(int width) {
    if (width < 1 || width > MAX_WIDTH) {
      throw new IllegalArgumentException("a layer width is 1 to " + MAX_WIDTH + ", not " + width);
    }
  }

  /**
   * Reads {@code 2-2-1}, one activation for every layer or one per layer.
   *
   * @throws IllegalArgumentException if the text is not widths joined by {@code -}
   */
  public static Topology parse(String text, Activation... activations) {
    String[] parts = text.split("-", -1);
    int[] widths = new int[parts.length];
    for (int k = 0; k < parts.length; k++) {
      if (!parts[k].matches("[0-9]{1,9}")) {
        throw new IllegalArgumentException(
            "topology '" + text + "' is not widths joined by '-', such as 2-2-1");
      }
      widths[k] = Integer.parseInt(parts[k]);
    }
    return new Topology(widths, Activation.ofLayers(widths.length - 1, activations));
  }

  /** Number of dense layers. */
  public int layers() {
    return activations.length;
  }

  /** Width of layer boundary {@code k}: 0 is the input, {@link #layers()} the output. */
  public int width(int k) {
    return widths[k];
  }

  /** Inputs of dense layer {@code layer}. */
  public int fanIn(int layer) {
    return widths[layer];
  }

  /** Neurons of dense layer {@code layer}. */
  public int fanOut(int layer) {
    return widths[layer + 1];
  }

  public int inputs() {
    return widths[0];
  }

  public int outputs() {
    return widths[widths.length - 1];
  }

  public Activation activation(int layer) {
    return activations[layer];
  }

  /** Weights and biases of all layers together. */
  public int parameterCount() {
    return offsets[offsets.length - 1];
  }

  /** Where the parameters of a layer begin in the documented order; {@code layers()} is the end. */
  public int offset(int layer) {
    return offsets[layer];
  }

  /** Documented index of the weight from input {@code row} to neuron {@code column}. */
  public int index(int layer, int row, int column) {
    return offsets[layer] + row * widths[layer + 1] + column;
  }

  /** Activation labels joined by commas, one per dense layer: {@code sigmoid,sigmoid}. */
  public String activationLabels() {
    StringBuilder text = new StringBuilder();
    for (Activation activation : activations) {
      text.append(text.isEmpty() ? "" : ",").append(activation.label());
    }
    return text.toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Topology that
        && Arrays.equals(widths, that.widths)
        && Arrays.equals(activations, that.activations);
  }

  @Override
  public int hashCode() {
    return Objects.hash(Arrays.hashCode(widths), Arrays.hashCode(activations));
  }

  /** Widths joined by {@code -}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int width : widths) {
      text.append(text.isEmpty() ? "" : "-").append(width);
    }
    return text.toString();
  }
}
