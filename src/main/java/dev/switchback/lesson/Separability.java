package dev.switchback.lesson;

import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.TruthTable;

/**
 * What no training can teach: a network that parts the switch positions by one line (a plane, for
 * three switches and more) answers only the tables whose ones lie all on one side of such a line.
 */
public final class Separability {
  private Separability() {}

  /**
   * Whether no weights whatever make a network of this topology answer a truth table.
   *
   * @param topology of as many inputs as the table, with 1 or 2 outputs
   */
  public static boolean forbids(Topology topology, TruthTable truth) {
    return partsByOneLine(topology) && !isSeparable(truth);
  }

  /**
   * Whether the answer is monotone in one weighted sum of the inputs: then it changes at one line.
   * It is where nothing but linear layers and, after them, layers of one neuron lie before the
   * output; every activation is monotone.
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
    // Of two outputs the larger one answers: one line too, if their difference decides it.
    Activation output = topology.activation(last);
    return topology.outputs() == 1
        || (topology.outputs() == 2
            && (output == Activation.SOFTMAX || output == Activation.LINEAR));
  }

  /**
   * Whether one line parts the rows that answer 1 from those that answer 0, decided exactly.
   *
   * <p>The perceptron, in integers. With levels -1 and 1 and a constant input 1 a row is a vector
   * of m = inputs + 1 signs. If there is a line at all, a corner of the polyhedron {@code sign * (w
   * . row) >= 1} is one, whose weights are quotients of two determinants of sign matrices. Both are
   * multiples of {@code 2^(m-1)} of at most {@code m^(m/2)} (Hadamard), so {@code w . w <= m * m^m
   * / 4^(m-1)}, and Novikoff's theorem ends the corrections after {@code m * (w . w)}.
   */
  public static boolean isSeparable(TruthTable truth) {
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
        long sign = truth.answer(row) == 1 ? 1 : -1;
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
