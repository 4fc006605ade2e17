package dev.switchback.lesson;

import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.TruthTable;

/**
 * Detects truth tables that a network cannot learn: a network that separates the switch positions
 * by one line (a plane, for three or more switches) answers only linearly separable tables.
 */
public final class Separability {
  private Separability() {}

  /**
   * Returns whether no weights let a network of this topology answer a truth table.
   *
   * @param topology for the switches and LEDs of the table
   */
  public static boolean forbids(Topology topology, TruthTable truth) {
    return partsByOneLine(topology) && !isSeparable(truth);
  }

  /**
   * Returns whether the answer is monotone in one weighted sum of the inputs, so that it changes at
   * one line. This holds if the hidden layers are linear ones followed by layers of one neuron,
   * because every activation is monotone.
   */
  private static boolean partsByOneLine(Topology topology) {
    int last = topology.layers() - 1;
    int layer = 0;
    while (layer < last && topology.activation(layer) == Activation.LINEAR) {
      layer++;
    }
    for (; layer < last; layer++) {
      if (topology.fanOut(layer) > 1) {
        return false;
      }
    }
    // The larger of two outputs is the answer: also one line, if their difference decides.
    Activation output = topology.activation(last);
    return !topology.isArgmax() || output == Activation.SOFTMAX || output == Activation.LINEAR;
  }

  /**
   * Returns whether, for each LED, one line separates the rows that answer 1 from those that answer
   * 0. The result is exact.
   *
   * <p>Runs the perceptron in integers. With levels -1 and 1 and a constant input 1, a row is a
   * vector of m = inputs + 1 signs. If a line exists, so does one at a corner of the polyhedron
   * {@code sign * (w . row) >= 1}; its weights are quotients of two determinants of sign matrices.
   * Both are multiples of {@code 2^(m-1)} and at most {@code m^(m/2)} (Hadamard), so {@code w . w
   * <= m * m^m / 4^(m-1)}. Novikoff's theorem limits the corrections to {@code m * (w . w)}.
   */
  public static boolean isSeparable(TruthTable truth) {
    for (int led = 0; led < truth.leds(); led++) {
      if (!isSeparable(truth, led)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isSeparable(TruthTable truth, int led) {
    int inputs = truth.inputs();
    long m = inputs + 1L;
    long corrections = m * m;
    for (int k = 0; k < m; k++) {
      corrections *= m;
    }
    corrections >>= 2 * inputs;
    long[] weights = new long[inputs + 1];
    boolean isWrong = true;
    while (isWrong) {
      isWrong = false;
      for (int row = 0; row < truth.rows(); row++) {
        long sign = truth.answer(row, led) == 1 ? 1 : -1;
        if (sign * sum(weights, truth, row) <= 0) {
          if (corrections-- == 0) {
            return false;
          }
          isWrong = true;
          weights[inputs] += sign;
          for (int i = 0; i < inputs; i++) {
            weights[i] += sign * (2 * truth.input(row, i) - 1);
          }
        }
      }
    }
    return true;
  }

  private static long sum(long[] weights, TruthTable truth, int row) {
    int inputs = truth.inputs();
    long sum = weights[inputs];
    for (int i = 0; i < inputs; i++) {
      sum += weights[i] * (2 * truth.input(row, i) - 1);
    }
    return sum;
  }
}
