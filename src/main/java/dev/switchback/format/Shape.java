package dev.switchback.format;

import dev.switchback.core.nn.Topology;
import java.util.List;

/** The dimensions of a tensor, 0 to {@link #MAX_DIMENSIONS} of them, each 0 or more. */
public record Shape(List<Long> dimensions) {
  private static final int MAX_DIMENSIONS = 8;

  /**
   * Checks the dimensions declared by a file.
   *
   * @param tensor name of the tensor, for messages
   */
  public static Shape of(String tensor, List<Long> declared) throws FormatException {
    requireDimensions(tensor, declared, 0, MAX_DIMENSIONS);
    requireEach(tensor, declared, 0, Long.MAX_VALUE);
    return new Shape(List.copyOf(declared));
  }

  /** Checks the dimensions of weights or biases: 1 or 2 that a {@link Topology} may have. */
  static Shape ofLayer(String tensor, List<Long> declared) throws FormatException {
    requireDimensions(tensor, declared, 1, 2);
    requireEach(tensor, declared, 1, Topology.MAX_WIDTH);
    return new Shape(List.copyOf(declared));
  }

  private static void requireDimensions(String tensor, List<Long> declared, int min, int max)
      throws FormatException {
    if (declared.size() < min || declared.size() > max) {
      throw new FormatException(
          "tensor %s: shape has %s dimensions, %s %s %s expected"
              .formatted(tensor, declared.size(), min, max == 2 ? "or" : "to", max));
    }
  }

  private static void requireEach(String tensor, List<Long> declared, long min, long max)
      throws FormatException {
    for (long dimension : declared) {
      if (dimension < min || dimension > max) {
        throw new FormatException(
            "tensor %s: dimension %s, %s %s expected"
                .formatted(
                    tensor, dimension, min, max == Long.MAX_VALUE ? "or more" : "to " + max));
      }
    }
  }

  /** Returns the number of values in a tensor of this shape, at most {@link Long#MAX_VALUE}. */
  public long values() {
    if (dimensions.contains(0L)) {
      return 0;
    }
    long values = 1;
    for (long dimension : dimensions) {
      if (values > Long.MAX_VALUE / dimension) {
        return Long.MAX_VALUE;
      }
      values *= dimension;
    }
    return values;
  }

  /** Returns the first of two dimensions; 1 if there are fewer. */
  public long rows() {
    return dimensions.size() < 2 ? 1 : dimensions.getFirst();
  }

  /** Returns the last dimension; 1 if there is none. */
  public long columns() {
    return dimensions.isEmpty() ? 1 : dimensions.getLast();
  }

  @Override
  public String toString() {
    return dimensions.toString();
  }
}
