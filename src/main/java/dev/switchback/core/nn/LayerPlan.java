package dev.switchback.core.nn;

import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What there is to know of one dense layer. A record, as the compiler takes the fields of a
 * constant record for constants; see {@link dev.switchback.core.jvm.Specialisation}.
 *
 * @param index 0 for the first dense layer
 * @param wide whether its parameters are a row per input, else per neuron; see {@link Layout}
 * @param firstBlock where its parameters begin
 * @param next the layer that takes this one's activations; null for the output layer
 * @param <L> layers of one engine
 */
public record LayerPlan<L>(
    int index,
    int fanIn,
    int fanOut,
    boolean wide,
    int firstBlock,
    Activation activation,
    @Nullable L next) {

  /** The layers of a topology, made from the last to the first; the first of them. */
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

  /** Whether it is so small that its loops gain by being unrolled. */
  public boolean isSmall() {
    return fanIn < Layout.WIDE_FROM && fanOut < Layout.WIDE_FROM;
  }
}
