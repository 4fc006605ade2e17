package dev.switchback.tools.foreign;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What words say about the place of a layer: {@code output}, {@code input_hidden}, {@code ho}.
 *
 * @param to where its outputs are: 0 the input, 1 hidden layers, 2 the output
 * @param from where its inputs are
 */
record LayerPlace(int to, int from) {
  private static final Map<String, Integer> PLACES =
      Map.ofEntries(
          Map.entry("input", 0),
          Map.entry("inp", 0),
          Map.entry("in", 0),
          Map.entry("i", 0),
          Map.entry("x", 0),
          Map.entry("hidden", 1),
          Map.entry("hid", 1),
          Map.entry("h", 1),
          Map.entry("output", 2),
          Map.entry("out", 2),
          Map.entry("o", 2),
          Map.entry("y", 2));

  /** Returns the place that words say, or null if they say none. */
  static @Nullable LayerPlace of(List<String> words) {
    LayerPlace place = null;
    for (String word : words) {
      List<String> parts = ArrayName.isLayers(word) ? List.of(word.split("", -1)) : List.of(word);
      for (String part : parts) {
        Integer next = PLACES.get(part);
        if (next != null) {
          place = new LayerPlace(next, place == null ? next : place.from);
        }
      }
    }
    return place;
  }

  boolean isBefore(LayerPlace other) {
    return to < other.to || (to == other.to && from < other.from);
  }
}
