package dev.switchback.core.fixed;

import dev.switchback.core.nn.Activation;

/**
 * The activation functions of {@link Activation} on raw values of one format. A softmax divides by
 * the sum of table values and rounds half up. Holds only tables; shared by all threads. A record
 * for the sake of {@link dev.switchback.core.jvm.Specialisation}.
 */
record FixedActivation(
    QFormat format, FunctionTable sigmoid, FunctionTable tanh, FunctionTable decay) {

  /** Made when the fixed engine is first asked for, not with every model. */
  private static final class OfDevice {
    static final FixedActivation SHARED = make(QFormat.DEVICE);
  }

  /** The one of this format. */
  static FixedActivation of(QFormat format) {
    return format.equals(QFormat.DEVICE) ? OfDevice.SHARED : make(format);
  }

  private static FixedActivation make(QFormat format) {
    return new FixedActivation(
        format,
        FunctionTable.sigmoid(format),
        FunctionTable.tanh(format),
        FunctionTable.decay(format));
  }

  /** Turns raw pre-activations into raw activations, in place: {@code values[0..length)}. */
  void apply(Activation activation, int[] values, int length) {
    switch (activation) {
      case SIGMOID -> look(sigmoid, values, length);
      case TANH -> look(tanh, values, length);
      case RELU -> {
        for (int j = 0; j < length; j++) {
          values[j] = Math.max(0, values[j]);
        }
      }
      case LINEAR -> {}
      case SOFTMAX -> softmax(values, length);
    }
  }

  private static void look(FunctionTable table, int[] values, int length) {
    for (int j = 0; j < length; j++) {
      values[j] = table.at(values[j]);
    }
  }

  private void softmax(int[] values, int length) {
    int max = values[0];
    for (int j = 1; j < length; j++) {
      max = Math.max(max, values[j]);
    }
    long sum = 0;
    for (int j = 0; j < length; j++) {
      values[j] = decay.at(format.saturate((long) values[j] - max));
      sum += values[j];
    }
    for (int j = 0; j < length; j++) {
      values[j] = (int) (((long) values[j] * format.one() + sum / 2) / sum);
    }
  }

  /** {@code d loss/da -> d loss/dz}, by the derivative in terms of the activation. */
  void multiplyByDerivative(Activation activation, int[] deltas, int[] activations, int length) {
    switch (activation) {
      case SIGMOID -> {
        for (int j = 0; j < length; j++) {
          long slope = (long) activations[j] * (format.one() - activations[j]);
          deltas[j] = times(deltas[j], slope);
        }
      }
      case TANH -> {
        for (int j = 0; j < length; j++) {
          long one = format.one();
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

  /** A delta times a slope of {@code 2n} fraction bits. */
  private int times(int delta, long slope) {
    return format.saturate(QFormat.round(delta * slope, 2 * format.fractionBits()));
  }

  private void multiplyBySoftmaxJacobian(int[] deltas, int[] activations, int length) {
    long sum = 0;
    for (int j = 0; j < length; j++) {
      sum += (long) deltas[j] * activations[j];
    }
    int mean = format.requantize(sum);
    for (int j = 0; j < length; j++) {
      deltas[j] = format.requantize((long) activations[j] * (deltas[j] - mean));
    }
  }
}
