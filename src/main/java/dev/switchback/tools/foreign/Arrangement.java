package dev.switchback.tools.foreign;

import dev.switchback.format.FormatException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The layers found among the arrays of a file, and the orders in which they may follow one another.
 *
 * @param isByPosition whether no name tells weights and biases apart, but their shapes alone
 * @param note how they were found, if not as usual
 */
record Arrangement(LayerOrders orders, boolean isByPosition, @Nullable String note) {
  /** Returns all layers. */
  List<ArrayLayer> layers() {
    return orders.layers();
  }

  /**
   * Returns the chains of all layers, two at most.
   *
   * @throws FormatException if there are too many orders to try
   */
  List<LayerChain> fitting(boolean isTransposed) throws FormatException {
    // A column suits W @ x alone, and a row x @ W.
    boolean isExcluded =
        isByPosition
            && layers().stream()
                .anyMatch(layer -> isTransposed ? layer.hasRowBias() : layer.hasColumnBias());
    return isExcluded ? List.of() : orders.fitting(isTransposed);
  }

  /** Returns all arrays with their shapes. */
  String arrays() {
    return ForeignArray.listed(layers().stream().flatMap(ArrayLayer::arrays).toList());
  }

  /** Returns the option that says these layers. */
  String option() {
    return new LayerChain(layers(), List.of()).option();
  }
}
