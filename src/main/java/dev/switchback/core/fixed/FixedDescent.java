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
    super(topology);
    this.rate = QFormat.quantize(rule.rate());
    this.momentum = QFormat.quantize(rule.momentum());
    this.velocity = momentum == 0 ? new long[0][] : longBlocks(topology);
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
    if (momentum == 0) {
      plain(p, g);
    } else {
      nesterov(p, g, velocity[b]);
    }
  }

  /** The same as with momentum 0, where the velocity is the pull. */
  private void plain(int[] p, long[] g) {
    for (int k = 0; k < p.length; k++) {
      p[k] = moved(p[k], clamped(pull(g[k])));
    }
  }

  /** Without momentum the gradient of a sample need not be stored. */
  @Override
  void stepRow(int b, int[] p, int[] in, int delta) {
    if (momentum != 0) {
      super.stepRow(b, p, in, delta);
      return;
    }
    int bias = p.length - 1;
    for (int i = 0; i < bias; i++) {
      p[i] = moved(p[i], clamped(pull((long) in[i] * delta)));
    }
    p[bias] = moved(p[bias], clamped(pull((long) delta << N)));
  }

  /** Two loops that C2 vectorises; one that writes two arrays it does not. */
  private void nesterov(int[] p, long[] g, long[] v) {
    for (int k = 0; k < p.length; k++) {
      v[k] = clamped(QFormat.round(momentum * v[k], N) + pull(g[k]));
    }
    for (int k = 0; k < p.length; k++) {
      p[k] = moved(p[k], QFormat.round(momentum * v[k], N) + pull(g[k]));
    }
  }

  private long pull(long gradient) {
    return -QFormat.round(rate * clamped(gradient), N);
  }

  /** In place of {@link Math#clamp}, whose check of the limits C2 does not vectorise. */
  private static long clamped(long value) {
    return Math.min(Math.max(value, -LIMIT), LIMIT);
  }

  private static int moved(int parameter, long step) {
    long moved = parameter + QFormat.round(step, N);
    return (int) Math.min(Math.max(moved, QFormat.MIN), QFormat.MAX);
  }
}
