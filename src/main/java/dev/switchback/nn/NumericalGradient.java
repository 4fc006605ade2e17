package dev.switchback.nn;

/** Central differences: a training method of its own, and the judge of the backward pass. */
public final class NumericalGradient {
  private NumericalGradient() {}

  /**
   * Fills {@code gradient} with {@code (f(p + step) - f(p - step)) / (2 step)}, {@code f} the loss
   * summed over the samples (half of it for {@link Loss#SQUARED_ERROR}, see there). Every parameter
   * is restored before the next; the loss is summed in double. Allocates nothing.
   */
  public static void fill(
      Network network,
      Parameters parameters,
      Samples samples,
      Loss loss,
      float step,
      Workspace workspace,
      Parameters gradient) {
    float[][] p = parameters.blocks();
    float[][] g = gradient.blocks();
    for (int b = 0; b < p.length; b++) {
      for (int k = 0; k < p[b].length; k++) {
        float old = p[b][k];
        p[b][k] = old + step;
        double above = objective(network, parameters, samples, loss, workspace);
        p[b][k] = old - step;
        double below = objective(network, parameters, samples, loss, workspace);
        p[b][k] = old;
        g[b][k] = (float) ((above - below) / (2.0 * step));
      }
    }
  }

  /** The function whose gradient training descends. */
  static double objective(
      Network network, Parameters parameters, Samples samples, Loss loss, Workspace workspace) {
    Topology topology = network.topology();
    Activation output = topology.activation(topology.layers() - 1);
    double sum = 0.0;
    for (int s = 0; s < samples.count(); s++) {
      float[] outputs = network.forward(parameters, samples.inputs(s), workspace);
      sum += loss.value(output, outputs, samples.targets(s));
    }
    return loss == Loss.SQUARED_ERROR ? 0.5 * sum : sum;
  }
}
