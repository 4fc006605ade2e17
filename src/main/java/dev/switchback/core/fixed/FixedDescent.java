package dev.switchback.core.fixed;

import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.UpdateRule;
import java.util.Arrays;

/**
 * Gradient descent in integers, plain or with Nesterov momentum. Rate and momentum are raw values;
 * gradient and velocity saturate at the range of the format.
 */
final class FixedDescent extends FixedOptimiser {
  private static final int N = QFormat.FRACTION_BITS;
  private static final long LIMIT = (long) QFormat.MAX << N;

  private final int rate;
  private final int momentum;
  private final long[][] velocity;

  FixedDescent(UpdateRule.GradientDescent rule, Topology topology) {
    this.rate = QFormat.quantize(rule.rate());
    this.momentum = QFormat.quantize(rule.momentum());
    this.velocity = longBlocks(topology);
    if (momentum == QFormat.ONE) {
      throw new IllegalArgumentException(
          "momentum " + rule.momentum() + " is 1 in " + QFormat.NAME);
    }
    if (rate == 0 || rate == QFormat.MAX) {
      throw new IllegalArgumentException(
          "learning rate " + rule.rate() + " does not fit " + QFormat.NAME);
    }
  }

  @Override
  void reset() {
    for (long[] block : velocity) {
      Arrays.fill(block, 0L);
    }
  }

  @Override
  void stepBlock(int b, int[] p, long[] g) {
    long[] v = velocity[b];
    for (int k = 0; k < p.length; k++) {
      long pull = -QFormat.round(rate * Math.clamp(g[k], -LIMIT, LIMIT), N);
      long speed = Math.clamp(QFormat.round(momentum * v[k], N) + pull, -LIMIT, LIMIT);
      v[k] = speed;
      long step = momentum == 0 ? speed : QFormat.round(momentum * speed, N) + pull;
      p[k] = QFormat.saturate(p[k] + QFormat.round(step, N));
    }
  }
}
