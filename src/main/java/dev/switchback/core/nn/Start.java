package dev.switchback.core.nn;

/**
 * Where training starts: parameters drawn in the documented order from a seeded stream, with mean 0
 * and variance 1 before they are scaled.
 *
 * @param weightScale factor on a drawn weight
 * @param biasScale factor on a drawn bias; 0 draws none and leaves biases at zero
 */
public record Start(float weightScale, float biasScale) {

  /** Fills {@code parameters} with a new start. Allocates nothing. */
  public void draw(SplitMix random, Parameters parameters) {
    Topology topology = parameters.topology();
    for (int l = 0; l < topology.layers(); l++) {
      for (int row = 0; row <= topology.fanIn(l); row++) {
        float scale = row < topology.fanIn(l) ? weightScale : biasScale;
        for (int column = 0; column < topology.fanOut(l); column++) {
          parameters.set(l, row, column, scale == 0f ? 0f : scale * (float) random.nextGaussian());
        }
      }
    }
  }
}
