package dev.switchback.core.nn;

import java.util.Arrays;

/**
 * Activation functions and their derivatives <em>in terms of the activation {@code a}</em>, so that
 * the backward pass needs no pre-activations.
 *
 * <p>{@link #SOFTMAX} is for the output layer only.
 */
public enum Activation {
  /** {@code 1 / (1 + e^-z)}. */
  SIGMOID("sigmoid"),
  /** Hyperbolic tangent. */
  TANH("tanh"),
  /** {@code max(0, z)}; the derivative at 0 is 0. */
  RELU("relu"),
  /** {@code z}. */
  LINEAR("linear"),
  /** {@code e^z_j / sum_k e^z_k}, computed with the maximum subtracted. */
  SOFTMAX("softmax");

  private final String label;

  Activation(String label) {
    this.label = label;
  }

  /** Returns the lower-case name used in files and options. */
  public String label() {
    return label;
  }

  /**
   * Returns the activation with this {@link #label()}.
   *
   * @throws IllegalArgumentException if there is none; the message lists the known ones
   */
  public static Activation of(String label) {
    for (Activation activation : values()) {
      if (activation.label.equals(label)) {
        return activation;
      }
    }
    throw new IllegalArgumentException(
        "unknown activation '" + label + "': use sigmoid, tanh, relu, linear or softmax");
  }

  /** Returns one activation per dense layer; a single one given applies to all of them. */
  public static Activation[] ofLayers(int layers, Activation... given) {
    Activation[] all = given.clone();
    if (given.length == 1) {
      all = new Activation[layers];
      Arrays.fill(all, given[0]);
    }
    return all;
  }

  /** Turns pre-activations into activations, in place: {@code values[0..length)}. */
  void apply(float[] values, int length) {
    switch (this) {
      case SIGMOID -> {
        for (int j = 0; j < length; j++) {
          values[j] = Elementary.sigmoid(values[j]);
        }
      }
      case TANH -> {
        for (int j = 0; j < length; j++) {
          values[j] = Elementary.tanh(values[j]);
        }
      }
      case RELU -> {
        for (int j = 0; j < length; j++) {
          values[j] = Math.max(0f, values[j]);
        }
      }
      case LINEAR -> {}
      case SOFTMAX -> softmax(values, length);
    }
  }

  private static void softmax(float[] values, int length) {
    float max = values[0];
    for (int j = 1; j < length; j++) {
      max = Math.max(max, values[j]);
    }
    float sum = 0f;
    for (int j = 0; j < length; j++) {
      values[j] = Elementary.exp(values[j] - max);
      sum += values[j];
    }
    for (int j = 0; j < length; j++) {
      values[j] /= sum;
    }
  }

  /** Multiplies each delta by the derivative at the activation: {@code d loss/da -> d loss/dz}. */
  void multiplyByDerivative(float[] deltas, float[] activations, int length) {
    switch (this) {
      case SIGMOID -> {
        for (int j = 0; j < length; j++) {
          float a = activations[j];
          deltas[j] *= a * (1f - a);
        }
      }
      case TANH -> {
        for (int j = 0; j < length; j++) {
          float a = activations[j];
          deltas[j] *= Math.fma(-a, a, 1f);
        }
      }
      case RELU -> {
        for (int j = 0; j < length; j++) {
          deltas[j] = activations[j] > 0f ? deltas[j] : 0f;
        }
      }
      case LINEAR -> {}
      case SOFTMAX -> multiplyBySoftmaxJacobian(deltas, activations, length);
    }
  }

  private static void multiplyBySoftmaxJacobian(float[] deltas, float[] activations, int length) {
    float mean = 0f;
    for (int j = 0; j < length; j++) {
      mean = Math.fma(deltas[j], activations[j], mean);
    }
    for (int j = 0; j < length; j++) {
      deltas[j] = activations[j] * (deltas[j] - mean);
    }
  }
}
