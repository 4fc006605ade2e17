package dev.switchback.tools.foreign;

import dev.switchback.core.fixed.QFormat;
import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Topology;
import java.util.Arrays;

/**
 * The largest inputs with which no value of a network in fixed point is cut, by exact interval
 * arithmetic from layer to layer.
 *
 * <p>Sums before sigmoid and tanh do not count, because a cut has no effect on them: the tables end
 * at 16 and 8, raw 2^20 and 2^19, and are constant from there on, far below the limit at raw 2^27.
 * Nor do negative sums before relu, which gives 0.
 *
 * @param raw largest raw input, either way; -1 if a value may be cut with all inputs at 0
 * @param layer the first layer, from 0, in which larger inputs cut a value; -1 for the inputs
 *     themselves
 */
record InputLimit(int raw, int layer) {

  /**
   * Returns the limit of a network.
   *
   * @param parameters raw, in the order of {@link Topology#index}
   */
  static InputLimit of(Topology topology, int[] parameters) {
    int holds = -1;
    int cut = QFormat.MAX_VALUE + 1;
    int layer = -1;
    while (cut - holds > 1) {
      int middle = (holds + cut) / 2;
      int cutLayer = cutLayer(topology, parameters, middle);
      if (cutLayer < 0) {
        holds = middle;
      } else {
        cut = middle;
        layer = cutLayer;
      }
    }
    return new InputLimit(holds, layer);
  }

  /** Returns the first layer in which inputs up to a limit may cut a value; -1 if none. */
  private static int cutLayer(Topology topology, int[] parameters, int limit) {
    long[] low = new long[topology.inputs()];
    long[] high = new long[topology.inputs()];
    Arrays.fill(low, -limit);
    Arrays.fill(high, limit);
    for (int l = 0; l < topology.layers(); l++) {
      Activation activation = topology.activation(l);
      long[] nextLow = new long[topology.fanOut(l)];
      long[] nextHigh = new long[topology.fanOut(l)];
      for (int j = 0; j < topology.fanOut(l); j++) {
        long least = sum(topology, parameters, l, j, low, high);
        long most = sum(topology, parameters, l, j, high, low);
        if (isCut(activation, least, most)) {
          return l;
        }
        nextLow[j] = lowest(activation, least);
        nextHigh[j] = highest(activation, most);
      }
      low = nextLow;
      high = nextHigh;
    }
    return -1;
  }

  /** Returns the sum of a neuron for inputs that depend on the sign of their weights. */
  private static long sum(
      Topology topology, int[] parameters, int l, int j, long[] positive, long[] negative) {
    int fanIn = topology.fanIn(l);
    long sum = (long) parameters[topology.index(l, fanIn, j)] << QFormat.FRACTION_BITS;
    for (int i = 0; i < fanIn; i++) {
      long weight = parameters[topology.index(l, i, j)];
      sum += weight * (weight < 0 ? negative[i] : positive[i]);
    }
    return CModel.rounded(sum);
  }

  /** Returns whether a sum in a range is cut, with an effect. */
  static boolean isCut(Activation activation, long least, long most) {
    return switch (activation) {
      case SIGMOID, TANH -> false;
      case RELU -> most > QFormat.MAX_VALUE;
      case LINEAR, SOFTMAX -> most > QFormat.MAX_VALUE || least < QFormat.MIN_VALUE;
    };
  }

  private static long lowest(Activation activation, long least) {
    return switch (activation) {
      case SIGMOID, SOFTMAX -> 0;
      case TANH -> -QFormat.ONE;
      case RELU -> Math.max(0, least);
      case LINEAR -> least;
    };
  }

  private static long highest(Activation activation, long most) {
    return switch (activation) {
      case SIGMOID, SOFTMAX, TANH -> QFormat.ONE;
      case RELU -> Math.max(0, most);
      case LINEAR -> most;
    };
  }

  /** Returns the limit as a real number. */
  double value() {
    return (double) raw / QFormat.ONE;
  }
}
