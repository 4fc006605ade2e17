package dev.switchback.nn.fixed;

import dev.switchback.nn.Activation;

/**
 * The activation functions of {@link Activation} on raw values of one format. A softmax divides by
 * the sum of table values and rounds half up. Holds only tables; shared by all threads.
 */
final class FixedActivation {
  private final QFormat format;
  private final int n;
  private final int one;
  private final FunctionTable sigmoid;
  private final FunctionTable tanh;
  private final FunctionTable decay;

  /** The one of this format; the device's tables are made once, not with every model. */
  static FixedActivation of(QFormat format) {
    return format.equals(QFormat.DEVICE) ? OfDevice.SHARED : new FixedActivation(format);
  }

  /** Made when the fixed engine is first asked for. */
  private static final class OfDevice {
    static final FixedActivation SHARED = new FixedActivation(QFormat.DEVICE);
  }

  FixedActivation(QFormat format) {
    this.format = format;
    this.n = format.fractionBits();
    this.one = format.one();
    this.sigmoid = FunctionTable.sigmoid(format);
    this.tanh = FunctionTable.tanh(format);
    this.decay = FunctionTable.decay(format);
  }

  /** Turns raw pre-activations into raw activations, in place. */
  void apply(Activation activation, int[] values) {
    switch (activation) {
      case SIGMOID -> look(sigmoid, values);
      case TANH -> look(tanh, values);
      case RELU -> {
        for (int j = 0; j < values.length; j++) {
          values[j] = Math.max(0, values[j]);
        }
      }
      case LINEAR -> {}
      case SOFTMAX -> softmax(values);
    }
  }

  private static void look(FunctionTable table, int[] values) {
    for (int j = 0; j < values.length; j++) {
      values[j] = table.at(values[j]);
    }
  }

  private void softmax(int[] values) {
    int max = values[0];
    for (int j = 1; j < values.length; j++) {
      max = Math.max(max, values[j]);
    }
    long sum = 0;
    for (int j = 0; j < values.length; j++) {
      values[j] = decay.at(format.saturate((long) values[j] - max));
      sum += values[j];
    }
    for (int j = 0; j < values.length; j++) {
      values[j] = (int) (((long) values[j] * one + sum / 2) / sum);
    }
  }

  /** {@code d loss/da -> d loss/dz}, by the derivative in terms of the activation. */
  void multiplyByDerivative(Activation activation, int[] deltas, int[] activations) {
    switch (activation) {
      case SIGMOID -> {
        for (int j = 0; j < deltas.length; j++) {
          long slope = (long) activations[j] * (one - activations[j]);
          deltas[j] = format.saturate(QFormat.round(deltas[j] * slope, 2 * n));
        }
      }
      case TANH -> {
        for (int j = 0; j < deltas.length; j++) {
          long slope = (long) one * one - (long) activations[j] * activations[j];
          deltas[j] = format.saturate(QFormat.round(deltas[j] * slope, 2 * n));
        }
      }
      case RELU -> {
        for (int j = 0; j < deltas.length; j++) {
          deltas[j] = activations[j] > 0 ? deltas[j] : 0;
        }
      }
      case LINEAR -> {}
      case SOFTMAX -> multiplyBySoftmaxJacobian(deltas, activations);
    }
  }

  private void multiplyBySoftmaxJacobian(int[] deltas, int[] activations) {
    long sum = 0;
    for (int j = 0; j < deltas.length; j++) {
      sum += (long) deltas[j] * activations[j];
    }
    int mean = format.requantize(sum);
    for (int j = 0; j < deltas.length; j++) {
      deltas[j] = format.requantize((long) activations[j] * (deltas[j] - mean));
    }
  }
}
