package dev.switchback.core.nn;

/**
 * Central differences, used as a training method and to check the backward pass.
 *
 * <p>The loss is computed in double throughout. Its differences are divided by twice the step, so
 * rounding the outputs to float would cause an error many times that of rounding the parameters.
 * Not thread-safe; no method allocates.
 */
final class NumericalGradient {
  private final DoubleNetwork network;
  private final Activation outputActivation;
  private final Samples samples;
  private final Loss loss;
  private final double step;
  private final double[] values;

  /**
   * Creates a gradient of a loss over samples.
   *
   * @param step half the distance between the two points of a difference, above 0
   */
  NumericalGradient(Topology topology, Samples samples, Loss loss, double step) {
    this.network = new DoubleNetwork(topology);
    this.outputActivation = topology.activation(topology.layers() - 1);
    this.samples = samples;
    this.loss = loss;
    this.step = step;
    this.values = new double[topology.parameterCount()];
  }

  /**
   * Fills {@code gradient} with {@code (f(p + step) - f(p - step)) / (2 step)} per parameter, the
   * others unchanged. {@code f} is the loss summed over the samples, halved for {@link
   * Loss#SQUARED_ERROR}.
   */
  void fill(Parameters parameters, Parameters gradient) {
    Topology topology = parameters.topology();
    copyToDouble(parameters);
    for (int l = 0; l < topology.layers(); l++) {
      for (int row = 0; row <= topology.fanIn(l); row++) {
        for (int column = 0; column < topology.fanOut(l); column++) {
          double slope = difference(topology.index(l, row, column)) / (2.0 * step);
          gradient.set(l, row, column, (float) slope);
        }
      }
    }
  }

  private double difference(int index) {
    double old = values[index];
    values[index] = old + step;
    double above = objective();
    values[index] = old - step;
    double below = objective();
    values[index] = old;
    return above - below;
  }

  /** Returns the value that training minimises. */
  private double objective() {
    double sum = 0.0;
    for (int s = 0; s < samples.count(); s++) {
      double[] outputs = network.forward(values, samples.inputs(s));
      sum += loss.value(outputActivation, outputs, samples.targets(s));
    }
    return loss == Loss.SQUARED_ERROR ? 0.5 * sum : sum;
  }

  private void copyToDouble(Parameters parameters) {
    Topology topology = parameters.topology();
    for (int l = 0; l < topology.layers(); l++) {
      for (int row = 0; row <= topology.fanIn(l); row++) {
        for (int column = 0; column < topology.fanOut(l); column++) {
          values[topology.index(l, row, column)] = parameters.get(l, row, column);
        }
      }
    }
  }
}
