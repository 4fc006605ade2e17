package dev.switchback.tools.foreign;

import dev.switchback.core.nn.Parameters;
import dev.switchback.format.TensorPlace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Names and orientation of the arrays in a file.
 *
 * @param names of weights and bias, layer by layer; {@link #NONE} is a bias that the file leaves
 *     out
 * @param isTransposed whether weights are [out, in]
 */
public record ArrayLayout(List<String> names, boolean isTransposed) {
  /** Stands for the name of a missing bias, which is zero. */
  public static final String NONE = "-";

  /** Numpy's names for arrays without names: their order says what they are. */
  private static final Pattern NUMBERED = Pattern.compile("arr_([0-9]{1,6})");

  public ArrayLayout {
    names = List.copyOf(names);
  }

  /**
   * Returns the arrays of a network, in the order of the file.
   *
   * @throws IllegalArgumentException if the network has another number of layers, or a bias that
   *     the layout leaves out
   */
  List<TensorPlace> of(Parameters parameters) {
    List<TensorPlace> ours = TensorPlace.of(parameters.topology());
    if (names.size() != ours.size()) {
      throw new IllegalArgumentException(
          "%s names of arrays for %s layers".formatted(names.size(), ours.size() / 2));
    }
    List<TensorPlace> arrays = new ArrayList<>();
    for (int k = 0; k < names.size(); k++) {
      TensorPlace array = ours.get(k);
      if (names.get(k).equals(NONE)) {
        requireZero(array, parameters);
      } else {
        boolean isTurned = isTransposed && array.shape().size() == 2;
        arrays.add((isTurned ? array.transposed() : array).named(names.get(k)));
      }
    }
    if (arrays.stream().allMatch(array -> NUMBERED.matcher(array.name()).matches())) {
      arrays.sort(Comparator.comparingInt(ArrayLayout::number));
    }
    return arrays;
  }

  private static int number(TensorPlace array) {
    return Integer.parseInt(NUMBERED.matcher(array.name()).replaceFirst("$1"));
  }

  private static void requireZero(TensorPlace bias, Parameters parameters) {
    float[] values = parameters.toArray();
    for (int k = bias.from(); k < bias.to(); k++) {
      if (values[k] != 0f) {
        throw new IllegalArgumentException(
            bias.name() + " is not zero, and this layout has no bias there: choose another");
      }
    }
  }
}
