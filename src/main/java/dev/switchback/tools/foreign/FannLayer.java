package dev.switchback.tools.foreign;

import dev.switchback.core.nn.Activation;
import dev.switchback.format.FormatException;
import java.util.Arrays;
import java.util.List;

/**
 * The neurons of one layer in a FANN file. Our activation functions have no steepness s, so weights
 * are scaled by it: {@code sigmoid(2sz)}, {@code tanh(sz)}, {@code sz}.
 *
 * @param isStepwise whether the function is a stepwise approximation of the activation
 */
@SuppressWarnings("ArrayRecordComponent") // read by scale alone
record FannLayer(Activation activation, boolean isStepwise, double[] scales) {
  private static final int LINEAR = 0;
  private static final int SIGMOID = 3;
  private static final int SIGMOID_STEPWISE = 4;
  private static final int SIGMOID_SYMMETRIC = 5;
  private static final int SIGMOID_SYMMETRIC_STEPWISE = 6;

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

  boolean isSteepLinear() {
    return activation == Activation.LINEAR && Arrays.stream(scales).anyMatch(scale -> scale != 1.0);
  }

  /**
   * Reads the neurons of a layer, including the bias neuron at its end.
   *
   * @param fanIn neurons in the previous layer, without the bias
   * @param fanOut neurons in this layer, without the bias
   * @param unit what stands for 1 in the file
   * @param isSmooth whether stepwise functions are read as smooth ones
   * @throws FormatException naming the neuron that does not fit
   */
  static FannLayer read(FannTuples neurons, int fanIn, int fanOut, double unit, boolean isSmooth)
      throws FormatException {
    double[] scales = new double[fanOut];
    double function = LINEAR;
    for (int j = 0; j < fanOut; j++) {
      double[] neuron = neurons.next(3);
      requireInputs(neurons, neuron[0], fanIn + 1);
      if (j > 0 && neuron[1] != function) {
        throw neurons.refusal(
            named(neuron[1]) + ", " + named(function) + " expected as in the rest of its layer");
      }
      function = neuron[1];
      requireKnown(neurons, function, isSmooth);
      boolean isSigmoid = function == SIGMOID || function == SIGMOID_STEPWISE;
      scales[j] = (isSigmoid ? 2.0 : 1.0) * neuron[2] / unit;
    }
    requireInputs(neurons, neurons.next(3)[0], 0);
    return new FannLayer(
        activation((int) function),
        function == SIGMOID_STEPWISE || function == SIGMOID_SYMMETRIC_STEPWISE,
        scales);
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
          "num_inputs is %s, %s expected between full layers, which fann_create_standard makes"
              .formatted(plain(found), expected));
    }
  }

  private static void requireKnown(FannTuples neurons, double function, boolean isSmooth)
      throws FormatException {
    boolean isStepwise = function == SIGMOID_STEPWISE || function == SIGMOID_SYMMETRIC_STEPWISE;
    if (isStepwise && !isSmooth) {
      throw neurons.refusal(
          "activation_function is %s, straight lines between six points of %s; --smooth reads it as"
                  .formatted(named(function), NAMES.get((int) function - 1))
              + " that");
    }
    if (!isStepwise && function != LINEAR && function != SIGMOID && function != SIGMOID_SYMMETRIC) {
      throw neurons.refusal(
          "activation_function is %s; 0 (LINEAR), 3 (SIGMOID) or 5 (SIGMOID_SYMMETRIC) expected:"
                  .formatted(named(function))
              + " fann_set_activation_function_layer, then train again");
    }
  }

  private static Activation activation(int function) {
    return switch (function) {
      case SIGMOID, SIGMOID_STEPWISE -> Activation.SIGMOID;
      case SIGMOID_SYMMETRIC, SIGMOID_SYMMETRIC_STEPWISE -> Activation.TANH;
      default -> Activation.LINEAR;
    };
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
