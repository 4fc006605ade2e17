package dev.switchback.tools.foreign.onnx;

import dev.switchback.core.nn.Activation;
import dev.switchback.format.FormatException;
import org.jspecify.annotations.Nullable;

/** A dense layer of the line, to which biases and an activation may still be added. */
final class LineLayer {
  private final GraphConstant weights;
  private final float factor;
  private final int in;
  private final int out;
  private final double[] biases;
  private boolean isBiased;
  private @Nullable Activation activation;

  /**
   * Creates a layer without biases.
   *
   * @param weights [in, out], or [in] for one neuron
   * @param factor multiplies the weights
   */
  LineLayer(GraphConstant weights, float factor) {
    this.weights = weights;
    this.factor = factor;
    this.in = weights.dimensions().getFirst();
    this.out = weights.dimensions().size() == 1 ? 1 : weights.dimensions().getLast();
    this.biases = new double[out];
  }

  int in() {
    return in;
  }

  int out() {
    return out;
  }

  /** Whether no activation was applied yet. */
  boolean isOpen() {
    return activation == null;
  }

  void activate(Activation applied) {
    activation = applied;
  }

  /** Returns the activation; linear if none was applied. */
  Activation activation() {
    return activation == null ? Activation.LINEAR : activation;
  }

  /**
   * Adds biases.
   *
   * @param added one for each neuron, or one for all
   * @param multiple multiplies them
   */
  void add(GraphConstant added, double multiple) {
    for (int j = 0; j < out; j++) {
      double bias = multiple * added.get(added.count() == 1 ? 0 : j);
      // The first one is kept to the bit, also a negative zero.
      biases[j] = isBiased ? biases[j] + bias : bias;
    }
    isBiased = true;
  }

  /** Writes the weights, a row per input, and then the biases, from index {@code at}. */
  void copyTo(float[] target, int at) throws FormatException {
    for (int k = 0; k < in * out; k++) {
      target[at + k] = (float) (factor * weights.get(k));
      if (!Float.isFinite(target[at + k])) {
        throw new FormatException(
            weights.title() + ": value " + k + " is " + weights.get(k) + ", no finite float");
      }
    }
    for (int j = 0; j < out; j++) {
      target[at + in * out + j] = (float) biases[j];
      if (!Float.isFinite((float) biases[j])) {
        throw new FormatException(
            "bias " + j + " of " + weights.title() + " is " + biases[j] + ", no finite float");
      }
    }
  }
}
