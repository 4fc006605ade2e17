package dev.switchback.tools.foreign;

import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Topology;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Whose names and orientation a file gets; see {@code src/docs/formats.md}, section 7. */
public enum LayoutName {
  /** {@code W1} [in, out], {@code b1}, {@code W2} ... */
  NUMPY,
  /** {@code 0.weight} [out, in], {@code 0.bias}, {@code 2.weight} ... */
  TORCH,
  /** {@code dense/kernel} [in, out], {@code dense/bias}, {@code dense_1/kernel} ... */
  KERAS,
  /** Names, order and orientation of the file that was read. */
  SAME;

  /** Returns the name in options. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the layout with a name.
   *
   * @throws IllegalArgumentException listing the names
   */
  public static LayoutName of(String label) {
    return Arrays.stream(values())
        .filter(layout -> layout.label().equals(label))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "unknown layout '" + label + "': numpy, torch, keras or same"));
  }

  /** Returns the names for a network; not for {@link #SAME}, which a network does not know. */
  ArrayLayout of(Topology topology) {
    List<String> names = new ArrayList<>();
    int module = 0;
    for (int l = 0; l < topology.layers(); l++) {
      switch (this) {
        case NUMPY -> names.addAll(List.of("W" + (l + 1), "b" + (l + 1)));
        case TORCH -> names.addAll(List.of(module + ".weight", module + ".bias"));
        case KERAS -> {
          String layer = l == 0 ? "dense" : "dense_" + l;
          names.addAll(List.of(layer + "/kernel", layer + "/bias"));
        }
        case SAME -> throw new IllegalStateException("the names of a file");
      }
      module += topology.activation(l) == Activation.LINEAR ? 1 : 2;
    }
    return new ArrayLayout(names, this == TORCH);
  }
}
