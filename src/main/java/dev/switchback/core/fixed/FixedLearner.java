package dev.switchback.core.fixed;

import dev.switchback.core.nn.Learner;
import dev.switchback.core.nn.Loss;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Recipe;
import dev.switchback.core.nn.Samples;
import dev.switchback.core.nn.Topology;
import java.util.Arrays;

/**
 * Training in integers: backpropagation, full batch or online. Parameters always stay in the
 * format. Only the reported loss is a double; for squared error it is exact.
 */
public final class FixedLearner extends Learner {
  private final FixedLayer first;
  private final Loss loss;
  private final boolean online;
  private final int[][] rawInputs;
  private final int[][] rawTargets;
  private final FixedParameters parameters;
  private final FixedWorkspace workspace;
  private final FixedOptimiser optimiser;
  private final long[][] gradient;
  private final float[] outputs;
  private boolean isCut;

  /**
   * Creates a learner for a recipe.
   *
   * @throws IllegalArgumentException for central differences, whose loss differences are below the
   *     resolution of the format, and for a rate or momentum outside the format
   */
  public FixedLearner(Recipe recipe, Samples samples) {
    super(recipe, samples);
    if (!(recipe.gradient() instanceof Recipe.Gradient.Backpropagation)) {
      throw new IllegalArgumentException("fixed point trains by backpropagation only");
    }
    Topology topology = recipe.topology();
    this.first = FixedDenseLayer.chain(topology);
    this.loss = recipe.loss();
    this.online = recipe.batch() == Recipe.Batch.ONLINE;
    this.rawInputs = new int[samples.count()][topology.inputs()];
    this.rawTargets = new int[samples.count()][topology.outputs()];
    for (int s = 0; s < samples.count(); s++) {
      QFormat.quantizeValues(samples.inputs(s), rawInputs[s]);
      QFormat.quantizeValues(samples.targets(s), rawTargets[s]);
    }
    this.parameters = new FixedParameters(topology);
    this.workspace = new FixedWorkspace(topology);
    this.optimiser = FixedOptimiser.of(recipe.update(), topology);
    this.gradient = online ? new long[0][] : FixedOptimiser.longBlocks(topology);
    this.outputs = new float[topology.outputs()];
  }

  @Override
  public void start(Parameters start) {
    parameters.quantize(start);
    optimiser.reset();
  }

  /**
   * Returns whether no output was cut at the limit of the format at the last {@link #measure()}: a
   * network that ran away answers nothing, though its outputs are on one side of 0.5.
   */
  @Override
  public boolean isFinite() {
    return !isCut;
  }

  @Override
  public void copyTo(Parameters target) {
    parameters.dequantize(target);
  }

  @Override
  public void measure() {
    score.reset();
    isCut = false;
    if (!online) {
      clearGradient();
    }
    for (int s = 0; s < samples.count(); s++) {
      forward(s);
      isCut |= QFormat.isCut(workspace.outputs());
      QFormat.dequantize(workspace.outputs(), outputs);
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
      forward(s);
      first.backward(parameters.blocks(), rawTargets[s], loss, workspace);
      first.step(parameters.blocks(), optimiser, workspace);
    }
  }

  private void forward(int s) {
    workspace.activations[0] = rawInputs[s];
    first.infer(parameters.blocks(), rawInputs[s], workspace.outputs(), workspace);
  }

  private void addGradient(int s) {
    first.backward(parameters.blocks(), rawTargets[s], loss, workspace);
    first.accumulate(gradient, workspace);
  }

  private void clearGradient() {
    for (long[] block : gradient) {
      Arrays.fill(block, 0L);
    }
  }
}
