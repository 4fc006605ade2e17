package dev.switchback.tools.foreign;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Layers of which each takes what the one before it gives.
 *
 * @param widths inputs, then the outputs of each layer
 */
record LayerChain(List<ArrayLayer> layers, List<Long> widths) {
  static final LayerChain EMPTY = new LayerChain(List.of(), List.of());

  boolean accepts(ArrayLayer.Widths next) {
    return widths.isEmpty() || widths.getLast() == next.in();
  }

  LayerChain plus(ArrayLayer layer, ArrayLayer.Widths next) {
    List<ArrayLayer> moreLayers = new ArrayList<>(layers);
    moreLayers.add(layer);
    List<Long> moreWidths = new ArrayList<>(widths.isEmpty() ? List.of(next.in()) : widths);
    moreWidths.add(next.out());
    return new LayerChain(moreLayers, moreWidths);
  }

  /** Returns the names of weights and biases, layer by layer, {@code -} for no bias. */
  List<String> names() {
    return layers.stream().flatMap(ArrayLayer::names).toList();
  }

  /** Returns the option that says this order. */
  String option() {
    return "--names " + names().stream().map(ForeignArray::shown).collect(Collectors.joining(","));
  }
}
