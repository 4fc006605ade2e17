package dev.switchback.core.nn;

import org.jspecify.annotations.Nullable;

/** Training in float: backpropagation or central differences, full batch or online. */
public final class FloatLearner extends Learner {
  private final Layer first;
  private final Loss loss;
  private final Recipe.Batch batch;
  private final Parameters parameters;
  private final Parameters gradient;
  private final Workspace workspace;
  private final Optimiser optimiser;
  private final @Nullable NumericalGradient differences;
  private final float onlineFactor;

  public FloatLearner(Recipe recipe, Samples samples) {
    super(recipe, samples);
    Topology topology = recipe.topology();
    this.first = DenseLayer.chain(topology);
    this.loss = recipe.loss();
    this.batch = recipe.batch();
    this.parameters = new Parameters(topology);
    this.gradient = new Parameters(topology);
    this.workspace = new Workspace(topology);
    this.optimiser = Optimiser.of(recipe.update(), topology);
    this.differences =
        recipe.gradient() instanceof Recipe.Gradient.CentralDifferences(double step)
            ? new NumericalGradient(topology, samples, loss, step)
            : null;
    this.onlineFactor = onlineFactor(recipe.update());
  }

  /** Returns minus the rate of plain gradient descent, which updates in place; else 0. */
  private static float onlineFactor(UpdateRule rule) {
    return rule instanceof UpdateRule.GradientDescent(float rate, float momentum) && momentum == 0f
        ? -rate
        : 0f;
  }

  @Override
  public void start(Parameters start) {
    parameters.copyFrom(start);
    optimiser.reset();
  }

  @Override
  public boolean isFinite() {
    return parameters.isFinite();
  }

  @Override
  public void copyTo(Parameters target) {
    target.copyFrom(parameters);
  }

  @Override
  public void measure() {
    boolean withGradient = batch == Recipe.Batch.FULL && differences == null;
    score.reset();
    if (withGradient) {
      gradient.fill(0f);
    }
    for (int s = 0; s < samples.count(); s++) {
      forward(s);
      score.add(workspace.outputs(), samples.targets(s));
      if (withGradient) {
        backward(s, 1f, gradient);
      }
    }
  }

  @Override
  public void update() {
    if (batch == Recipe.Batch.ONLINE) {
      updateOnline();
      return;
    }
    if (differences != null) {
      differences.fill(parameters, gradient);
    }
    optimiser.step(parameters, gradient);
  }

  private void updateOnline() {
    for (int s = 0; s < samples.count(); s++) {
      forward(s);
      if (onlineFactor != 0f) {
        backward(s, onlineFactor, parameters);
      } else {
        gradient.fill(0f);
        backward(s, 1f, gradient);
        optimiser.step(parameters, gradient);
      }
    }
  }

  private void forward(int s) {
    workspace.activations[0] = samples.inputs(s);
    first.infer(parameters.blocks(), samples.inputs(s), workspace.outputs(), workspace);
  }

  /**
   * Adds {@code factor} times the gradient of the sample to {@code target}, after {@link #forward}.
   * {@code target} may be the parameters, because all deltas are computed before any weight
   * changes.
   */
  private void backward(int s, float factor, Parameters target) {
    first.backward(parameters.blocks(), samples.targets(s), loss, workspace);
    first.accumulate(target.blocks(), factor, workspace);
  }
}
