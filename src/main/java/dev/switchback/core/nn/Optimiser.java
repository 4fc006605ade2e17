package dev.switchback.core.nn;

/** An update rule and its state, for one topology. Only the constructor allocates. */
abstract sealed class Optimiser permits Descent, ResilientDescent {

  static Optimiser of(UpdateRule rule, Topology topology) {
    return switch (rule) {
      case UpdateRule.GradientDescent descent -> new Descent(descent, topology);
      case UpdateRule.Resilient resilient -> new ResilientDescent(resilient, topology);
    };
  }

  /** Clears the state for a new start. */
  abstract void reset();

  /** Changes {@code parameters} by the summed {@code gradient}. */
  void step(Parameters parameters, Parameters gradient) {
    float[][] p = parameters.blocks();
    float[][] g = gradient.blocks();
    for (int b = 0; b < p.length; b++) {
      stepBlock(b, p[b], g[b]);
    }
  }

  abstract void stepBlock(int b, float[] p, float[] g);
}
