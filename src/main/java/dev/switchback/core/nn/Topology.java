package dev.switchback.core.nn;

import java.util.Arrays;
import java.util.Objects;

/**
 * Layer widths and activations, such as 2-2-1 with sigmoid in both dense layers. Immutable.
 *
 * <p>Dense layers are counted from 0; layer {@code l} connects {@code width(l)} inputs to {@code
 * width(l + 1)} neurons. Files count from 1: the weights of layer 0 are {@code W1}, its biases
 * {@code b1}.
 *
 * <p><b>The documented order</b> of all parameters, used by files, hashes and initialisation: layer
 * by layer, the weights row by row (one row per input, one column per neuron), then the biases. A
 * bias is the weight of a constant input 1, so it is row {@code fanIn}:
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
   * Creates a topology of at least one dense layer.
   *
   * @param widths input width, then one width per dense layer; each 1 to {@link #MAX_WIDTH}
   * @param activations one per dense layer; softmax only in the last, with at least two outputs
   * @throws IllegalArgumentException naming the invalid value
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
   * Parses widths such as {@code 2-2-1}; a single activation applies to every layer.
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

  /** Returns the number of dense layers. */
  public int layers() {
    return activations.length;
  }

  /** Returns the width at boundary {@code k}: 0 is the input, {@link #layers()} the output. */
  public int width(int k) {
    return widths[k];
  }

  /** Returns the number of inputs of a dense layer. */
  public int fanIn(int layer) {
    return widths[layer];
  }

  /** Returns the number of neurons of a dense layer. */
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

  /** Returns the number of weights and biases in all layers. */
  public int parameterCount() {
    return offsets[offsets.length - 1];
  }

  /** Returns the documented index of a layer's first parameter; {@code layers()} gives the end. */
  public int offset(int layer) {
    return offsets[layer];
  }

  /** Returns the documented index of the weight from input {@code row} to neuron {@code column}. */
  public int index(int layer, int row, int column) {
    return offsets[layer] + row * widths[layer + 1] + column;
  }

  /** Returns the activation labels joined by commas, such as {@code sigmoid,sigmoid}. */
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

  /** Returns the widths joined by {@code -}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int width : widths) {
      text.append(text.isEmpty() ? "" : "-").append(width);
    }
    return text.toString();
  }
}
