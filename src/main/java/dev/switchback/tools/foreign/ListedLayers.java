package dev.switchback.tools.foreign;

import dev.switchback.format.FormatException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Layers of the arrays that {@code --names} lists: weights and bias of each layer. */
final class ListedLayers {
  private final Map<String, ForeignArray> byName = new HashMap<>();
  private final List<ForeignArray> arrays;

  private ListedLayers(List<ForeignArray> arrays) {
    this.arrays = arrays;
    arrays.forEach(array -> byName.put(array.name(), array));
  }

  /**
   * Returns the layers.
   *
   * @param names weights and bias, layer by layer; {@code -} for a missing bias
   * @throws FormatException naming what is not in the file, or is named twice
   */
  static Arrangement of(List<String> names, List<ForeignArray> arrays) throws FormatException {
    if (names.size() % 2 != 0) {
      throw new FormatException(
          "--names has %s names; two for each layer expected, weights and bias, with - for no bias"
              .formatted(names.size()));
    }
    ListedLayers listed = new ListedLayers(arrays);
    List<ArrayLayer> layers = new ArrayList<>();
    for (int k = 0; k < names.size(); k += 2) {
      String bias = names.get(k + 1);
      layers.add(
          ArrayLayer.of(
              listed.array(names.get(k)),
              bias.equals(ArrayLayout.NONE) ? null : listed.array(bias)));
    }
    Set<String> once = new HashSet<>(Set.of(ArrayLayout.NONE));
    for (String name : names) {
      if (!once.add(name) && !name.equals(ArrayLayout.NONE)) {
        throw new FormatException("--names has " + ForeignArray.shown(name) + " twice");
      }
    }
    return new Arrangement(LayerOrders.inOrder(layers), false, null);
  }

  private ForeignArray array(String name) throws FormatException {
    ForeignArray array = byName.get(name);
    if (array == null) {
      throw new FormatException(
          "--names: no array %s, there are %s"
              .formatted(ForeignArray.shown(name), ForeignArray.listed(arrays)));
    }
    return array;
  }
}
