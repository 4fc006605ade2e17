package dev.switchback.tools.foreign;

import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Topology;
import java.util.Arrays;
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
  private final double[][] stepwise;
  private final double[][] smooth;

  /**
   * Creates a network.
   *
   * @param isStepwise for each layer, whether libfann computes its sigmoid or tanh stepwise
   */
  StepwiseNetwork(Parameters parameters, List<Boolean> isStepwise) {
    this.topology = parameters.topology();
    this.parameters = parameters.toArray();
    this.isStepwise = isStepwise;
    this.stepwise = new double[topology.layers()][];
    this.smooth = new double[topology.layers()][];
    Arrays.setAll(stepwise, l -> new double[topology.fanOut(l)]);
    Arrays.setAll(smooth, l -> new double[topology.fanOut(l)]);
  }

  Topology topology() {
    return topology;
  }

  /** Returns the outputs that libfann computes, valid until the next call. */
  double[] stepwise(double... inputs) {
    for (int l = 0; l < topology.layers(); l++) {
      compute(l, l == 0 ? inputs : stepwise[l - 1], isStepwise.get(l), stepwise[l]);
    }
    return stepwise[topology.layers() - 1];
  }

  /** Returns the outputs of the same network with smooth functions, valid until the next call. */
  double[] smooth(double... inputs) {
    for (int l = 0; l < topology.layers(); l++) {
      compute(l, l == 0 ? inputs : smooth[l - 1], false, smooth[l]);
    }
    return smooth[topology.layers() - 1];
  }

  private void compute(int layer, double[] inputs, boolean isLikeFann, double[] outputs) {
    for (int j = 0; j < outputs.length; j++) {
      double sum = parameters[topology.index(layer, inputs.length, j)];
      for (int i = 0; i < inputs.length; i++) {
        sum += inputs[i] * parameters[topology.index(layer, i, j)];
      }
      outputs[j] = activation(topology.activation(layer), isLikeFann, sum);
    }
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
