package dev.switchback.core.fixed;

import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.UpdateRule;
import java.util.Arrays;

/**
 * Gradient descent in integers: plain, with momentum, or Nesterov's. Rate and momentum are raw
 * values of the format; gradient and velocity saturate at its range.
 */
final class FixedDescent extends FixedOptimiser {
  private final int n;
  private final int rate;
  private final int momentum;
  private final boolean nesterov;
  private final long limit;
  private final long[][] velocity;

  FixedDescent(UpdateRule.GradientDescent rule, Topology topology, QFormat format) {
    super(format);
    this.n = format.fractionBits();
    this.rate = format.quantize(rule.rate());
    this.momentum = format.quantize(rule.momentum());
    this.nesterov = rule.nesterov();
    this.limit = (long) format.max() << n;
    this.velocity = longBlocks(topology);
    if (momentum == format.one()) {
      throw new IllegalArgumentException("momentum " + rule.momentum() + " is 1 in " + format);
    }
    if (rate == 0 || rate == format.max()) {
      throw new IllegalArgumentException(
          "learning rate " + rule.rate() + " does not fit " + format);
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
      long pull = -QFormat.round(rate * Math.clamp(g[k], -limit, limit), n);
      long speed = Math.clamp(QFormat.round(momentum * v[k], n) + pull, -limit, limit);
      v[k] = speed;
      long step = nesterov ? QFormat.round(momentum * speed, n) + pull : speed;
      p[k] = format.saturate(p[k] + QFormat.round(step, n));
    }
  }
}
