package dev.switchback.core.fixed;

import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Learner;
import dev.switchback.core.nn.Loss;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Recipe;
import dev.switchback.core.nn.Samples;
import dev.switchback.core.nn.Score;
import dev.switchback.core.nn.Topology;
import java.util.Arrays;

/**
 * Training in integers: backpropagation, full batch or one by one. Parameters never leave the
 * format. Only the reported loss is a double; for squared error it is exact.
 */
public final class FixedLearner implements Learner {
  private final FixedNetwork network;
  private final Activation outputActivation;
  private final Loss loss;
  private final Samples samples;
  private final boolean online;
  private final int[][] rawInputs;
  private final int[][] rawTargets;
  private final FixedParameters parameters;
  private final FixedWorkspace workspace;
  private final FixedOptimiser optimiser;
  private final long[][] gradient;
  private final float[] outputs;
  private final Score score = new Score();

  /**
   * A learner for one recipe.
   *
   * @throws IllegalArgumentException for central differences, whose loss differences integers
   *     cannot resolve, and for a learning rate outside the format
   */
  public FixedLearner(Recipe recipe, Samples samples, QFormat format) {
    if (!(recipe.gradient() instanceof Recipe.Gradient.Backpropagation)) {
      throw new IllegalArgumentException("fixed point trains by backpropagation only");
    }
    Topology topology = recipe.topology();
    this.network = new FixedNetwork(topology, format);
    this.outputActivation = topology.activation(topology.layers() - 1);
    this.loss = recipe.loss();
    this.samples = samples;
    this.online = recipe.batch() == Recipe.Batch.ONLINE;
    this.rawInputs = new int[samples.count()][];
    this.rawTargets = new int[samples.count()][];
    for (int s = 0; s < samples.count(); s++) {
      rawInputs[s] = quantize(samples.inputs(s), format);
      rawTargets[s] = quantize(samples.targets(s), format);
    }
    this.parameters = new FixedParameters(topology, format);
    this.workspace = new FixedWorkspace(topology);
    this.optimiser = FixedOptimiser.of(recipe.update(), topology, format);
    this.gradient = FixedOptimiser.longBlocks(topology);
    this.outputs = new float[topology.outputs()];
  }

  private static int[] quantize(float[] values, QFormat format) {
    int[] raw = new int[values.length];
    for (int k = 0; k < raw.length; k++) {
      raw[k] = format.quantize(values[k]);
    }
    return raw;
  }

  @Override
  public Topology topology() {
    return network.topology();
  }

  @Override
  public void start(Parameters start) {
    parameters.quantize(start);
    optimiser.reset();
  }

  /** Integers saturate. */
  @Override
  public boolean isFinite() {
    return true;
  }

  @Override
  public void copyTo(Parameters target) {
    parameters.dequantize(target);
  }

  @Override
  public void measure() {
    score.reset();
    if (!online) {
      clearGradient();
    }
    for (int s = 0; s < samples.count(); s++) {
      int[] raw = network.forward(parameters, rawInputs[s], workspace);
      for (int j = 0; j < outputs.length; j++) {
        outputs[j] = network.format().dequantize(raw[j]);
      }
      score.add(loss, outputActivation, outputs, samples.targets(s));
      if (!online) {
        addGradient(s);
      }
    }
  }

  @Override
  public void update() {
    if (!online) {
      optimiser.step(parameters.blocks(), gradient);
      return;
    }
    for (int s = 0; s < samples.count(); s++) {
      network.forward(parameters, rawInputs[s], workspace);
      clearGradient();
      addGradient(s);
      optimiser.step(parameters.blocks(), gradient);
    }
  }

  private void addGradient(int s) {
    network.backward(parameters, rawTargets[s], loss, workspace);
    network.accumulate(workspace, gradient);
  }

  private void clearGradient() {
    for (long[] block : gradient) {
      Arrays.fill(block, 0L);
    }
  }

  @Override
  public double loss() {
    return score.meanLoss();
  }

  @Override
  public float worstError() {
    return score.worstError();
  }

  @Override
  public boolean answersAll() {
    return score.answersAll();
  }
}
