package dev.switchback.core.nn;

/**
 * The initialisation of parameters: draws from N(0, 1) in the documented order, each scaled.
 *
 * @param weightScale factor on a drawn weight
 * @param biasScale factor on a drawn bias; 0 draws no biases and sets them to zero
 */
public record Start(float weightScale, float biasScale) {

  /** Fills {@code parameters} with new draws. Allocates nothing. */
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
