package dev.switchback.tools.cli.files;

import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Model;
import dev.switchback.core.nn.Topology;

/** Exclusive or by a formula, the same to the last bit on every machine. */
public final class SteepXor implements Model {
  private static final Topology TOPOLOGY = Topology.parse("2-2-1", Activation.SIGMOID);

  private final float sharpness;

  /**
   * @param sharpness 0 answers one half everywhere; 8 answers clearly
   */
  public SteepXor(float sharpness) {
    this.sharpness = sharpness;
  }

  @Override
  public Topology topology() {
    return TOPOLOGY;
  }

  @Override
  public void infer(float[] inputs, float[] outputs) {
    float or = sigmoid(inputs[0] + 0.8f * inputs[1] - 0.4f);
    float and = sigmoid(0.9f * inputs[0] + inputs[1] - 1.4f);
    outputs[0] = sigmoid(1.2f * (or - and - 0.4f));
  }

  private float sigmoid(float z) {
    return (float) (1 / (1 + StrictMath.exp(-sharpness * z)));
  }
}
