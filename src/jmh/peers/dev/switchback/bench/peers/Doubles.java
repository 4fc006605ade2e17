package dev.switchback.bench.peers;

import dev.switchback.bench.Workload;
import dev.switchback.core.nn.Samples;

/** Converts a workload for rivals that compute in double. */
final class Doubles {
  private Doubles() {}

  static double[] of(float[] values) {
    double[] doubles = new double[values.length];
    for (int k = 0; k < values.length; k++) {
      doubles[k] = values[k];
    }
    return doubles;
  }

  static double[][] inputs(Samples samples) {
    double[][] inputs = new double[samples.count()][];
    for (int s = 0; s < inputs.length; s++) {
      inputs[s] = of(samples.inputs(s));
    }
    return inputs;
  }

  static double[][] targets(Samples samples) {
    double[][] targets = new double[samples.count()][];
    for (int s = 0; s < targets.length; s++) {
      targets[s] = of(samples.targets(s));
    }
    return targets;
  }

  /** Returns the weights neuron by neuron, the bias last, as most rivals store them. */
  static double[] byNeuron(Workload workload, int layer) {
    float[] weights = workload.weights();
    int fanIn = workload.topology().fanIn(layer);
    int fanOut = workload.topology().fanOut(layer);
    double[] values = new double[(fanIn + 1) * fanOut];
    for (int column = 0; column < fanOut; column++) {
      for (int row = 0; row <= fanIn; row++) {
        values[column * (fanIn + 1) + row] = weights[workload.topology().index(layer, row, column)];
      }
    }
    return values;
  }

  static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  static double squaredError(double[] outputs, double[] targets) {
    double sum = 0;
    for (int j = 0; j < outputs.length; j++) {
      sum += (outputs[j] - targets[j]) * (outputs[j] - targets[j]);
    }
    return sum;
  }
}
