package dev.switchback.core.nn;

/** iRprop-; see {@link UpdateRule.Resilient}. */
final class ResilientDescent extends Optimiser {
  private final float initialStep;
  private final Parameters steps;
  private final Parameters previous;

  ResilientDescent(UpdateRule.Resilient rule, Topology topology) {
    this.initialStep = rule.initialStep();
    this.steps = new Parameters(topology);
    this.previous = new Parameters(topology);
    reset();
  }

  @Override
  void reset() {
    steps.fill(initialStep);
    previous.fill(0f);
  }

  @Override
  void stepBlock(int b, float[] p, float[] g) {
    float[] step = steps.blocks()[b];
    float[] last = previous.blocks()[b];
    for (int k = 0; k < p.length; k++) {
      float agreement = g[k] * last[k];
      float gradient = agreement < 0f ? 0f : g[k];
      if (agreement > 0f) {
        step[k] = Math.min(step[k] * UpdateRule.Resilient.GROWTH, UpdateRule.Resilient.MAX_STEP);
      } else if (agreement < 0f) {
        step[k] = Math.max(step[k] * UpdateRule.Resilient.SHRINKAGE, UpdateRule.Resilient.MIN_STEP);
      }
      p[k] -= Math.signum(gradient) * step[k];
      last[k] = gradient;
    }
  }
}
