package dev.switchback.core.fixed;

import dev.switchback.core.nn.Learner;
import dev.switchback.core.nn.Loss;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Recipe;
import dev.switchback.core.nn.Samples;
import dev.switchback.core.nn.Topology;
import java.util.Arrays;

/**
 * Training in integers: backpropagation, full batch or one by one. Parameters never leave the
 * format. Only the reported loss is a double; for squared error it is exact.
 */
public final class FixedLearner extends Learner {
  private final FixedNetwork network;
  private final Loss loss;
  private final boolean online;
  private final int[][] rawInputs;
  private final int[][] rawTargets;
  private final FixedParameters parameters;
  private final FixedWorkspace workspace;
  private final FixedOptimiser optimiser;
  private final long[][] gradient;
  private final float[] outputs;

  /**
   * A learner for one recipe.
   *
   * @throws IllegalArgumentException for central differences, whose loss differences integers
   *     cannot resolve, and for a learning rate outside the format
   */
  public FixedLearner(Recipe recipe, Samples samples) {
    super(recipe, samples);
    if (!(recipe.gradient() instanceof Recipe.Gradient.Backpropagation)) {
      throw new IllegalArgumentException("fixed point trains by backpropagation only");
    }
    Topology topology = recipe.topology();
    this.network = new FixedNetwork(topology);
    this.loss = recipe.loss();
    this.online = recipe.batch() == Recipe.Batch.ONLINE;
    this.rawInputs = new int[samples.count()][topology.inputs()];
    this.rawTargets = new int[samples.count()][topology.outputs()];
    for (int s = 0; s < samples.count(); s++) {
      QFormat.quantize(samples.inputs(s), rawInputs[s]);
      QFormat.quantize(samples.targets(s), rawTargets[s]);
    }
    this.parameters = new FixedParameters(topology);
    this.workspace = new FixedWorkspace(topology);
    this.optimiser = FixedOptimiser.of(recipe.update(), topology);
    this.gradient = FixedOptimiser.longBlocks(topology);
    this.outputs = new float[topology.outputs()];
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
      QFormat.dequantize(network.forward(parameters, rawInputs[s], workspace), outputs);
      score.add(outputs, samples.targets(s));
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
}
