package dev.switchback.core.fixed;

import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.UpdateRule;
import java.util.Arrays;

/**
 * iRprop- in integers; see {@link UpdateRule.Resilient}. The smallest step size is one raw unit,
 * and a step size grows by at least one.
 */
final class FixedResilientDescent extends FixedOptimiser {
  private static final long MAX_STEP = QFormat.quantize(UpdateRule.Resilient.MAX_STEP);
  private static final long GROWTH = QFormat.quantize(UpdateRule.Resilient.GROWTH);

  private final long initialStep;
  private final long[][] steps;
  private final long[][] previous;

  FixedResilientDescent(UpdateRule.Resilient rule, Topology topology) {
    super(topology);
    this.initialStep = Math.max(1, QFormat.quantize(rule.initialStep()));
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
        step[k] =
            Math.min(
                Math.max(QFormat.round(step[k] * GROWTH, QFormat.FRACTION_BITS), step[k] + 1),
                MAX_STEP);
      } else if (agreement < 0) {
        step[k] = Math.max(step[k] / 2, 1);
      }
      p[k] = QFormat.saturate(p[k] - Long.signum(gradient) * step[k]);
      last[k] = gradient;
    }
  }
}
