package dev.switchback.format;

import dev.switchback.core.nn.Topology;
import java.util.ArrayList;
import java.util.List;

/** One or two dimensions, each 1 to {@link Topology#MAX_WIDTH}. */
public record Shape(List<Integer> dimensions) {

  /**
   * Checks the dimensions declared by a file.
   *
   * @param tensor name of the tensor, for messages
   */
  public static Shape of(String tensor, List<Long> declared) throws FormatException {
    if (declared.isEmpty() || declared.size() > 2) {
      throw new FormatException(
          "tensor " + tensor + ": shape has " + declared.size() + " dimensions, 1 or 2 expected");
    }
    List<Integer> dimensions = new ArrayList<>();
    for (long dimension : declared) {
      if (dimension < 1 || dimension > Topology.MAX_WIDTH) {
        throw new FormatException(
            "tensor %s: dimension %s, 1 to %s expected"
                .formatted(tensor, dimension, Topology.MAX_WIDTH));
      }
      dimensions.add((int) dimension);
    }
    return new Shape(dimensions);
  }

  /** Returns the number of values in a tensor of this shape. */
  public int values() {
    return rows() * columns();
  }

  /** Returns the first of two dimensions; 1 if there is only one. */
  int rows() {
    return dimensions.size() == 1 ? 1 : dimensions.getFirst();
  }

  int columns() {
    return dimensions.getLast();
  }

  @Override
  public String toString() {
    return dimensions.toString();
  }
}
