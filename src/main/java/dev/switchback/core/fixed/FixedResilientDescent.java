package dev.switchback.core.fixed;

import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.UpdateRule;
import java.util.Arrays;

/**
 * iRprop- in integers; see {@link UpdateRule.Resilient}. The smallest step is one raw unit, and a
 * step grows by at least one.
 */
final class FixedResilientDescent extends FixedOptimiser {
  private final int n;
  private final long initialStep;
  private final long maxStep;
  private final long growth;
  private final long[][] steps;
  private final long[][] previous;

  FixedResilientDescent(UpdateRule.Resilient rule, Topology topology, QFormat format) {
    super(format);
    this.n = format.fractionBits();
    this.initialStep = Math.max(1, format.quantize(rule.initialStep()));
    this.maxStep = format.quantize(UpdateRule.Resilient.MAX_STEP);
    this.growth = format.quantize(UpdateRule.Resilient.GROWTH);
    this.steps = longBlocks(topology);
    this.previous = longBlocks(topology);
    reset();
  }

  @Override
  void reset() {
    for (int b = 0; b < steps.length; b++) {
      Arrays.fill(steps[b], initialStep);
      Arrays.fill(previous[b], 0L);
    }
  }

  @Override
  void stepBlock(int b, int[] p, long[] g) {
    long[] step = steps[b];
    long[] last = previous[b];
    for (int k = 0; k < p.length; k++) {
      int agreement = Long.signum(g[k]) * Long.signum(last[k]);
      long gradient = agreement < 0 ? 0 : g[k];
      if (agreement > 0) {
        step[k] = Math.min(Math.max(QFormat.round(step[k] * growth, n), step[k] + 1), maxStep);
      } else if (agreement < 0) {
        step[k] = Math.max(step[k] / 2, 1);
      }
      p[k] = format.saturate(p[k] - Long.signum(gradient) * step[k]);
      last[k] = gradient;
    }
  }
}
