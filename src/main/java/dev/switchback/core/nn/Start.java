package dev.switchback.core.nn;

/**
 * Where training starts: parameters drawn in the documented order from a seeded stream.
 *
 * @param distribution of every drawn value
 * @param weightScale factor on a drawn weight
 * @param biasScale factor on a drawn bias; 0 draws none and leaves biases at zero
 * @param byFanIn whether weights are further scaled by {@code sqrt(2 / fanIn)} (He)
 */
public record Start(
    Distribution distribution, float weightScale, float biasScale, boolean byFanIn) {

  /** Shape of the drawn values. */
  public enum Distribution {
    /** Uniform in [-1, 1). */
    UNIFORM,
    /** Mean 0, variance 1. */
    NORMAL
  }

  /** Fills {@code parameters} with a new start. Allocates nothing. */
  public void draw(SplitMix random, Parameters parameters) {
    Topology topology = parameters.topology();
    for (int l = 0; l < topology.layers(); l++) {
      int fanIn = topology.fanIn(l);
      float scale = byFanIn ? weightScale * (float) StrictMath.sqrt(2.0 / fanIn) : weightScale;
      for (int row = 0; row <= fanIn; row++) {
        float rowScale = row < fanIn ? scale : biasScale;
        for (int column = 0; column < topology.fanOut(l); column++) {
          parameters.set(l, row, column, rowScale == 0f ? 0f : rowScale * next(random));
        }
      }
    }
  }

  private float next(SplitMix random) {
    return switch (distribution) {
      case UNIFORM -> random.nextSigned();
      case NORMAL -> (float) random.nextGaussian();
    };
  }
}
