package dev.switchback.core.nn;

import java.util.Arrays;
import java.util.Objects;

/**
 * Layer widths, activations, and how outputs become answers, such as 2-2-1 with sigmoid in both
 * dense layers. Immutable.
 *
 * <p><b>Answers.</b> Each output decides one LED: above 0.5 it is lit. With {@link #isArgmax() the
 * argmax rule}, which softmax implies, the index of the largest output is the answer, so two
 * outputs decide one LED. The answer of a row is a binary number with one digit per LED, the first
 * LED as the most significant.
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
  private final boolean argmax;

  /**
   * Creates a topology of at least one dense layer.
   *
   * @param widths input width, then one width per dense layer; each 1 to {@link #MAX_WIDTH}
   * @param activations one per dense layer; softmax only in the last, with at least two outputs
   * @throws IllegalArgumentException naming the invalid value
   */
  public Topology(int[] widths, Activation... activations) {
    this(widths, activations, false);
  }

  private Topology(int[] widths, Activation[] activations, boolean argmax) {
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
    this.argmax = argmax || activations[layers - 1] == Activation.SOFTMAX;
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

  /**
   * Returns the same topology with the argmax rule.
   *
   * @throws IllegalArgumentException if it has one output
   */
  public Topology withArgmax() {
    if (outputs() < 2) {
      throw new IllegalArgumentException("argmax needs two outputs or more, not " + this);
    }
    return new Topology(widths, activations, true);
  }

  /** Returns whether the index of the largest output is the answer. */
  public boolean isArgmax() {
    return argmax;
  }

  /** Returns the number of LEDs that the outputs decide; 0 for argmax of more than two. */
  public int leds() {
    if (argmax) {
      return outputs() == 2 ? 1 : 0;
    }
    return outputs();
  }

  /**
   * Returns the answer that outputs represent; an output of exactly 0.5 is 0, and the lower index
   * wins a tie. Only {@linkplain Model#isFinite finite} outputs represent an answer; the caller
   * checks that first.
   *
   * @param values at most 32 without the argmax rule
   */
  public int answer(float[] values) {
    int answer = 0;
    for (int j = 0; j < values.length; j++) {
      if (!argmax) {
        answer = 2 * answer + (values[j] > 0.5f ? 1 : 0);
      } else if (values[j] > values[answer]) {
        answer = j;
      }
    }
    return answer;
  }

  /** Returns the index of the output to display for an LED. */
  public int displayed(int led) {
    return argmax ? 1 : led;
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
        && Arrays.equals(activations, that.activations)
        && argmax == that.argmax;
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
