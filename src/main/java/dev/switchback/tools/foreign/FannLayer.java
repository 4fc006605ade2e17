package dev.switchback.tools.foreign;

import dev.switchback.core.nn.Activation;
import dev.switchback.format.FormatException;
import java.util.List;

/**
 * The neurons of one layer in a FANN file. Our activation functions have no steepness s, so weights
 * are scaled by it: {@code sigmoid(2sz)}, {@code tanh(sz)}, {@code sz}.
 */
@SuppressWarnings("ArrayRecordComponent") // read by scale alone
record FannLayer(Activation activation, double[] scales) {
  /** Names of the activation functions in libfann 2.2. */
  private static final List<String> NAMES =
      List.of(
          "LINEAR",
          "THRESHOLD",
          "THRESHOLD_SYMMETRIC",
          "SIGMOID",
          "SIGMOID_STEPWISE",
          "SIGMOID_SYMMETRIC",
          "SIGMOID_SYMMETRIC_STEPWISE",
          "GAUSSIAN",
          "GAUSSIAN_SYMMETRIC",
          "GAUSSIAN_STEPWISE",
          "ELLIOT",
          "ELLIOT_SYMMETRIC",
          "LINEAR_PIECE",
          "LINEAR_PIECE_SYMMETRIC",
          "SIN_SYMMETRIC",
          "COS_SYMMETRIC",
          "SIN",
          "COS");

  /** Returns the factor for the weights into a neuron and for its bias. */
  double scale(int neuron) {
    return scales[neuron];
  }

  /**
   * Reads the neurons of a layer, including the bias neuron at its end.
   *
   * @param fanIn neurons in the previous layer, without the bias
   * @param fanOut neurons in this layer, without the bias
   * @throws FormatException naming the neuron that does not fit
   */
  static FannLayer read(FannTuples neurons, int fanIn, int fanOut) throws FormatException {
    double[] scales = new double[fanOut];
    Activation activation = Activation.LINEAR;
    for (int j = 0; j < fanOut; j++) {
      double[] neuron = neurons.next(3);
      requireInputs(neurons, neuron[0], fanIn + 1);
      Activation found = activation(neurons, neuron[1]);
      if (j > 0 && found != activation) {
        throw neurons.refusal(
            found.label() + ", " + activation.label() + " expected as in the rest of its layer");
      }
      activation = found;
      scales[j] = found == Activation.SIGMOID ? 2.0 * neuron[2] : neuron[2];
    }
    requireInputs(neurons, neurons.next(3)[0], 0);
    return new FannLayer(activation, scales);
  }

  /** Skips the input layer, which contains no information. */
  static void skipInputs(FannTuples neurons, int inputs) throws FormatException {
    for (int i = 0; i <= inputs; i++) {
      requireInputs(neurons, neurons.next(3)[0], 0);
    }
  }

  private static void requireInputs(FannTuples neurons, double found, int expected)
      throws FormatException {
    if (found != expected) {
      throw neurons.refusal(
          "num_inputs is " + plain(found) + ", " + expected + " expected between full layers");
    }
  }

  private static Activation activation(FannTuples neurons, double function) throws FormatException {
    if (function == 0) {
      return Activation.LINEAR;
    }
    if (function == 3) {
      return Activation.SIGMOID;
    }
    if (function == 5) {
      return Activation.TANH;
    }
    throw neurons.refusal(
        "activation_function is "
            + named(function)
            + "; 0 (LINEAR), 3 (SIGMOID) or 5 (SIGMOID_SYMMETRIC) expected");
  }

  private static String named(double function) {
    int index = (int) function;
    return plain(function)
        + (index == function && index >= 0 && index < NAMES.size()
            ? " (" + NAMES.get(index) + ")"
            : "");
  }

  private static String plain(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e9
        ? Long.toString((long) number)
        : Double.toString(number);
  }
}
