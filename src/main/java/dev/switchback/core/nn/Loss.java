package dev.switchback.core.nn;

/**
 * The loss that training minimises. Gradients are of the <em>sum</em> over the samples; reported
 * values are the <em>mean</em> over the samples.
 */
public enum Loss {
  /** Descends {@code 1/2 sum (a - target)^2}; reports the mean squared error, not halved. */
  SQUARED_ERROR,
  /**
   * Needs sigmoid or softmax outputs. Reports and differentiates {@code -ln(p + 1e-7)}, where
   * {@code p} is the probability of the target. The backward pass ignores the 1e-7: {@code d loss /
   * d z = a - target}.
   */
  CROSS_ENTROPY;

  private static final double EPSILON = 1e-7;

  /**
   * Checks that outputs of an activation are valid for this loss.
   *
   * @throws IllegalArgumentException if they are not
   */
  void requireDefinedFor(Activation output) {
    if (this == CROSS_ENTROPY && output != Activation.SIGMOID && output != Activation.SOFTMAX) {
      throw new IllegalArgumentException(
          "cross-entropy needs sigmoid or softmax outputs, not " + output.label());
    }
  }

  /** Returns the reported loss of one sample: the sum of squared errors, or the cross-entropy. */
  double value(Activation output, float[] outputs, float[] targets) {
    double sum = 0.0;
    for (int j = 0; j < outputs.length; j++) {
      sum += term(output, outputs[j], targets[j]);
    }
    return sum;
  }

  /** Returns the same for outputs in double. */
  double value(Activation output, double[] outputs, float[] targets) {
    double sum = 0.0;
    for (int j = 0; j < outputs.length; j++) {
      sum += term(output, outputs[j], targets[j]);
    }
    return sum;
  }

  private double term(Activation activation, double output, float target) {
    return this == SQUARED_ERROR
        ? (output - target) * (output - target)
        : crossEntropy(activation, output, target);
  }

  private static double crossEntropy(Activation activation, double output, float target) {
    double sum = 0.0;
    if (target != 0f) {
      sum -= target * StrictMath.log(output + EPSILON);
    }
    if (activation == Activation.SIGMOID && target != 1f) {
      sum -= (1.0 - target) * StrictMath.log(1.0 - output + EPSILON);
    }
    return sum;
  }

  /** Fills {@code deltas[0..length)} with {@code d loss / d z} of the output layer. */
  void outputDeltas(
      Activation output, float[] outputs, float[] targets, float[] deltas, int length) {
    for (int j = 0; j < length; j++) {
      deltas[j] = outputs[j] - targets[j];
    }
    if (this == SQUARED_ERROR) {
      output.multiplyByDerivative(deltas, outputs, length);
    }
  }
}
