package dev.switchback.core.nn;

/**
 * The forward pass in double, for central differences, which float rounding would swamp. Parameters
 * are in the documented order of {@link Topology}. Not thread-safe; no method allocates.
 */
final class DoubleNetwork {
  private final Topology topology;
  private final double[][] activations;

  DoubleNetwork(Topology topology) {
    this.topology = topology;
    this.activations = new double[topology.layers() + 1][];
    for (int k = 0; k < activations.length; k++) {
      activations[k] = new double[topology.width(k)];
    }
  }

  /** Returns the output activations, valid until the next call. */
  double[] forward(double[] parameters, float[] inputs) {
    for (int i = 0; i < inputs.length; i++) {
      activations[0][i] = inputs[i];
    }
    for (int l = 0; l < topology.layers(); l++) {
      preActivations(l, parameters);
      apply(topology.activation(l), activations[l + 1]);
    }
    return activations[topology.layers()];
  }

  private void preActivations(int layer, double[] parameters) {
    double[] in = activations[layer];
    double[] z = activations[layer + 1];
    int weights = topology.offset(layer);
    System.arraycopy(parameters, weights + in.length * z.length, z, 0, z.length);
    for (int i = 0; i < in.length; i++) {
      for (int j = 0; j < z.length; j++) {
        z[j] = Math.fma(in[i], parameters[weights + i * z.length + j], z[j]);
      }
    }
  }

  private static void apply(Activation activation, double[] values) {
    for (int j = 0; j < values.length; j++) {
      values[j] =
          switch (activation) {
            case SIGMOID -> 1.0 / (1.0 + StrictMath.exp(-values[j]));
            case TANH -> StrictMath.tanh(values[j]);
            case RELU -> Math.max(0.0, values[j]);
            case LINEAR, SOFTMAX -> values[j];
          };
    }
    if (activation == Activation.SOFTMAX) {
      softmax(values);
    }
  }

  private static void softmax(double[] values) {
    double max = values[0];
    for (double value : values) {
      max = Math.max(max, value);
    }
    double sum = 0.0;
    for (int j = 0; j < values.length; j++) {
      values[j] = StrictMath.exp(values[j] - max);
      sum += values[j];
    }
    for (int j = 0; j < values.length; j++) {
      values[j] /= sum;
    }
  }
}
