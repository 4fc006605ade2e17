package dev.switchback.core.nn;

import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Shape, position and successor of one dense layer. It is a record because C2 treats the fields of
 * a constant record as constants; see {@link dev.switchback.core.jvm.Specialisation}.
 *
 * @param index 0 for the first dense layer
 * @param wide whether its parameters have one row per input, else one per neuron; see {@link
 *     Layout}
 * @param firstBlock index of its first parameter block
 * @param next the layer that receives this layer's activations; null for the output layer
 * @param <L> layer type of one engine
 */
public record LayerPlan<L>(
    int index,
    int fanIn,
    int fanOut,
    boolean wide,
    int firstBlock,
    Activation activation,
    @Nullable L next) {

  /** Creates the layers of a topology from last to first and returns the first. */
  public static <L> L chain(Topology topology, Layout layout, Function<LayerPlan<L>, L> layers) {
    L layer = null;
    for (int l = topology.layers() - 1; l >= 0; l--) {
      layer =
          layers.apply(
              new LayerPlan<>(
                  l,
                  topology.fanIn(l),
                  topology.fanOut(l),
                  layout.isWide(l),
                  layout.firstBlock(l),
                  topology.activation(l),
                  layer));
    }
    return Objects.requireNonNull(layer);
  }

  /** Returns whether the layer is small enough to gain from unrolled loops. */
  public boolean isSmall() {
    return fanIn < Layout.WIDE_FROM && fanOut < Layout.WIDE_FROM;
  }
}
