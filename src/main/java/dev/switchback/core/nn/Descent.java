package dev.switchback.core.nn;

/** Gradient descent, plain or with Nesterov momentum. */
final class Descent extends Optimiser {
  private final float rate;
  private final float momentum;
  private final Parameters velocity;

  Descent(UpdateRule.GradientDescent rule, Topology topology) {
    this.rate = rule.rate();
    this.momentum = rule.momentum();
    this.velocity = new Parameters(topology);
  }

  @Override
  void reset() {
    velocity.fill(0f);
  }

  @Override
  void stepBlock(int b, float[] p, float[] g) {
    if (momentum == 0f) {
      plain(p, g);
    } else {
      nesterov(p, g, velocity.blocks()[b]);
    }
  }

  private void plain(float[] p, float[] g) {
    for (int k = 0; k < p.length; k++) {
      p[k] = Math.fma(-rate, g[k], p[k]);
    }
  }

  private void nesterov(float[] p, float[] g, float[] v) {
    for (int k = 0; k < p.length; k++) {
      float pull = -rate * g[k];
      v[k] = Math.fma(momentum, v[k], pull);
      p[k] += Math.fma(momentum, v[k], pull);
    }
  }
}
