package dev.switchback.tools.plot;

import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Model;
import dev.switchback.core.nn.Topology;

/** Answers with a weighted sum of its inputs and a constant. */
final class PlaneModel implements Model {
  private final Topology topology;
  private final float constant;
  private final float[] weights;

  PlaneModel(float constant, float... weights) {
    this.topology = Topology.parse(weights.length + "-1", Activation.LINEAR);
    this.constant = constant;
    this.weights = weights;
  }

  @Override
  public Topology topology() {
    return topology;
  }

  @Override
  public void infer(float[] inputs, float[] outputs) {
    if (inputs.length != weights.length) {
      throw new AssertionError(inputs.length + " inputs");
    }
    outputs[0] = constant;
    for (int i = 0; i < weights.length; i++) {
      outputs[0] += weights[i] * inputs[i];
    }
  }
}
