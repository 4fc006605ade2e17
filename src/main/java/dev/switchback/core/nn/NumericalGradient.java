package dev.switchback.core.nn;

/**
 * Central differences: a training method of its own, and the judge of the backward pass.
 *
 * <p>The loss is taken in double from end to end. Its differences are divided by twice the step, so
 * a float's rounding of the outputs would be many times that of the parameters themselves. One
 * thread; no method allocates.
 */
final class NumericalGradient {
  private final WideNetwork network;
  private final Activation outputActivation;
  private final Samples samples;
  private final Loss loss;
  private final double step;
  private final double[] wide;

  /**
   * Differences of a loss over samples.
   *
   * @param step half the distance of the two points of a difference, above 0
   */
  NumericalGradient(Topology topology, Samples samples, Loss loss, double step) {
    this.network = new WideNetwork(topology);
    this.outputActivation = topology.activation(topology.layers() - 1);
    this.samples = samples;
    this.loss = loss;
    this.step = step;
    this.wide = new double[topology.parameterCount()];
  }

  /**
   * Fills {@code gradient} with {@code (f(p + step) - f(p - step)) / (2 step)}, all others at their
   * old values; {@code f} is the loss summed over the samples (half of it for {@link
   * Loss#SQUARED_ERROR}, see there).
   */
  void fill(Parameters parameters, Parameters gradient) {
    Topology topology = parameters.topology();
    widen(parameters);
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
    double old = wide[index];
    wide[index] = old + step;
    double above = objective();
    wide[index] = old - step;
    double below = objective();
    wide[index] = old;
    return above - below;
  }

  /** The function whose gradient training descends. */
  private double objective() {
    double sum = 0.0;
    for (int s = 0; s < samples.count(); s++) {
      double[] outputs = network.forward(wide, samples.inputs(s));
      sum += loss.value(outputActivation, outputs, samples.targets(s));
    }
    return loss == Loss.SQUARED_ERROR ? 0.5 * sum : sum;
  }

  private void widen(Parameters parameters) {
    Topology topology = parameters.topology();
    for (int l = 0; l < topology.layers(); l++) {
      for (int row = 0; row <= topology.fanIn(l); row++) {
        for (int column = 0; column < topology.fanOut(l); column++) {
          wide[topology.index(l, row, column)] = parameters.get(l, row, column);
        }
      }
    }
  }
}
