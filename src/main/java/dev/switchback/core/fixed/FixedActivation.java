package dev.switchback.core.fixed;

import dev.switchback.core.nn.Activation;

/**
 * The activation functions of {@link Activation} on raw values. Softmax divides by the sum of table
 * values and rounds half up.
 */
final class FixedActivation {
  private static final FunctionTable SIGMOID = FunctionTable.sigmoid();
  private static final FunctionTable TANH = FunctionTable.tanh();
  private static final FunctionTable DECAY = FunctionTable.decay();

  private FixedActivation() {}

  /** Turns raw pre-activations into raw activations, in place: {@code values[0..length)}. */
  static void apply(Activation activation, int[] values, int length) {
    switch (activation) {
      case SIGMOID -> lookUp(SIGMOID, values, length);
      case TANH -> lookUp(TANH, values, length);
      case RELU -> {
        for (int j = 0; j < length; j++) {
          values[j] = Math.max(0, values[j]);
        }
      }
      case LINEAR -> {}
      case SOFTMAX -> softmax(values, length);
    }
  }

  private static void lookUp(FunctionTable table, int[] values, int length) {
    for (int j = 0; j < length; j++) {
      values[j] = table.at(values[j]);
    }
  }

  private static void softmax(int[] values, int length) {
    int max = values[0];
    for (int j = 1; j < length; j++) {
      max = Math.max(max, values[j]);
    }
    long sum = 0;
    for (int j = 0; j < length; j++) {
      values[j] = DECAY.at((long) values[j] - max);
      sum += values[j];
    }
    for (int j = 0; j < length; j++) {
      values[j] = (int) (((long) values[j] * QFormat.ONE + sum / 2) / sum);
    }
  }

  /** Multiplies each delta by the derivative at the activation: {@code d loss/da -> d loss/dz}. */
  static void multiplyByDerivative(
      Activation activation, int[] deltas, int[] activations, int length) {
    switch (activation) {
      case SIGMOID -> {
        for (int j = 0; j < length; j++) {
          long slope = (long) activations[j] * (QFormat.ONE - activations[j]);
          deltas[j] = times(deltas[j], slope);
        }
      }
      case TANH -> {
        for (int j = 0; j < length; j++) {
          long one = QFormat.ONE;
          long slope = one * one - (long) activations[j] * activations[j];
          deltas[j] = times(deltas[j], slope);
        }
      }
      case RELU -> {
        for (int j = 0; j < length; j++) {
          deltas[j] = activations[j] > 0 ? deltas[j] : 0;
        }
      }
      case LINEAR -> {}
      case SOFTMAX -> multiplyBySoftmaxJacobian(deltas, activations, length);
    }
  }

  /** Multiplies a delta by a slope with 32 fraction bits. */
  private static int times(int delta, long slope) {
    return QFormat.saturate(QFormat.round(delta * slope, 2 * QFormat.FRACTION_BITS));
  }

  private static void multiplyBySoftmaxJacobian(int[] deltas, int[] activations, int length) {
    long sum = 0;
    for (int j = 0; j < length; j++) {
      sum += (long) deltas[j] * activations[j];
    }
    int mean = QFormat.requantize(sum);
    for (int j = 0; j < length; j++) {
      deltas[j] = QFormat.requantize((long) activations[j] * (deltas[j] - mean));
    }
  }
}
