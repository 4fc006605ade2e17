package dev.switchback.tools.foreign;

import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Topology;
import java.util.List;

/**
 * The forward pass in double, with libfann's stepwise functions or with the smooth ones that they
 * approximate. Not thread-safe.
 */
final class StepwiseNetwork {
  /** Points of {@code FANN_SIGMOID_STEPWISE}, from fann_activation.h of libfann 2.2. */
  private static final Steps SIGMOID =
      new Steps(
          List.of(
              -2.6466524600982666,
              -1.472219467163086,
              -0.5493061542510986,
              0.5493061542510986,
              1.4722193479537964,
              2.646652936935425),
          List.of(
              0.004999999888241291,
              0.05000000074505806,
              0.25,
              0.75,
              0.949999988079071,
              0.9950000047683716),
          0.0);

  /** Points of {@code FANN_SIGMOID_SYMMETRIC_STEPWISE}, from the same file. */
  private static final Steps SYMMETRIC =
      new Steps(
          List.of(
              -2.646652936935425,
              -1.4722193479537964,
              -0.5493061542510986,
              0.5493061542510986,
              1.4722193479537964,
              2.646652936935425),
          List.of(
              -0.9900000095367432,
              -0.8999999761581421,
              -0.5,
              0.5,
              0.8999999761581421,
              0.9900000095367432),
          -1.0);

  /** Straight lines between six points; {@code least} before the first, 1 from the last on. */
  private record Steps(List<Double> at, List<Double> values, double least) {
    double of(double z) {
      if (z < at.getFirst()) {
        return least;
      }
      int k = 1;
      while (k < at.size() && z >= at.get(k)) {
        k++;
      }
      if (k == at.size()) {
        return 1.0;
      }
      double width = at.get(k) - at.get(k - 1);
      return (values.get(k) - values.get(k - 1)) * (z - at.get(k - 1)) / width + values.get(k - 1);
    }
  }

  private final Topology topology;
  private final float[] parameters;
  private final List<Boolean> isStepwise;

  /**
   * Creates a network.
   *
   * @param isStepwise for each layer, whether libfann computes its sigmoid or tanh stepwise
   */
  StepwiseNetwork(Parameters parameters, List<Boolean> isStepwise) {
    this.topology = parameters.topology();
    this.parameters = parameters.toArray();
    this.isStepwise = isStepwise;
  }

  Topology topology() {
    return topology;
  }

  /** Returns the outputs that libfann computes. */
  double[] stepwise(double... inputs) {
    return outputs(inputs, true);
  }

  /** Returns the outputs of the same network with smooth functions. */
  double[] smooth(double... inputs) {
    return outputs(inputs, false);
  }

  private double[] outputs(double[] inputs, boolean isLikeFann) {
    double[] values = inputs;
    for (int l = 0; l < topology.layers(); l++) {
      double[] next = new double[topology.fanOut(l)];
      for (int j = 0; j < next.length; j++) {
        double sum = parameters[topology.index(l, values.length, j)];
        for (int i = 0; i < values.length; i++) {
          sum += values[i] * parameters[topology.index(l, i, j)];
        }
        next[j] = activation(topology.activation(l), isLikeFann && isStepwise.get(l), sum);
      }
      values = next;
    }
    return values;
  }

  private static double activation(Activation activation, boolean isStepwise, double sum) {
    if (activation == Activation.LINEAR) {
      return sum;
    }
    // Our sigmoid(z) is libfann's for z / 2.
    if (activation == Activation.SIGMOID) {
      return isStepwise ? SIGMOID.of(sum / 2.0) : 1.0 / (1.0 + StrictMath.exp(-sum));
    }
    return isStepwise ? SYMMETRIC.of(sum) : StrictMath.tanh(sum);
  }
}
