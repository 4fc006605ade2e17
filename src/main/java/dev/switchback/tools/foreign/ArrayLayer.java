package dev.switchback.tools.foreign;

import dev.switchback.format.FormatException;
import dev.switchback.format.Shape;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The arrays of a layer.
 *
 * @param weights of one or two dimensions
 * @param bias {@code [out]}, {@code [1, out]}, {@code [out, 1]}, or without dimensions for one
 *     neuron; null if there is none
 */
record ArrayLayer(ForeignArray weights, @Nullable ForeignArray bias) {
  /** Inputs and outputs of a layer. */
  record Widths(long in, long out) {}

  /**
   * Returns a layer of arrays that hold numbers and have shapes that a layer may have.
   *
   * @throws FormatException naming the array, with the line of numpy that mends it
   */
  static ArrayLayer of(ForeignArray weights, @Nullable ForeignArray bias) throws FormatException {
    ArrayLayer layer = new ArrayLayer(weights, bias);
    for (ForeignArray array : layer.arrays().toList()) {
      array.type().requireNumbers(array.name());
    }
    String problem = layer.problem();
    if (problem != null) {
      throw new FormatException(problem);
    }
    return layer;
  }

  /** Returns what is wrong with the shapes; null if nothing is. */
  @Nullable String problem() {
    if (weights.dimensions() < 1 || weights.dimensions() > 2) {
      return "weights " + weights + ": two dimensions expected";
    }
    if (bias == null) {
      return null;
    }
    Shape shape = bias.shape();
    if (bias.dimensions() > 2 || (shape.rows() != 1 && shape.columns() != 1)) {
      String variable = ForeignArray.variable(bias.name());
      boolean isByRow = weights.shape().dimensions().contains(shape.columns());
      return "bias %s: one value for each neuron expected; if it repeats them, in Python: %s = %s%s"
          .formatted(bias, variable, variable, isByRow ? "[:1]" : "[:, :1]");
    }
    return widths(true).isEmpty() && widths(false).isEmpty()
        ? "bias " + bias + " fits neither side of weights " + weights
        : null;
  }

  /** Returns the ways to read the weights that the bias allows, by orientation. */
  List<Widths> widths(boolean isTransposed) {
    long rows = weights.shape().rows();
    long columns = weights.shape().columns();
    Stream<Widths> all =
        weights.dimensions() == 2
            ? Stream.of(isTransposed ? new Widths(columns, rows) : new Widths(rows, columns))
            : Stream.of(new Widths(columns, 1), new Widths(1, columns)).distinct();
    return all.filter(widths -> bias == null || bias.shape().values() == widths.out).toList();
  }

  boolean isSquare() {
    return weights.dimensions() == 2 && weights.shape().rows() == weights.shape().columns();
  }

  /** Whether it matters how the weights lie. */
  boolean isTurnable() {
    return weights.dimensions() == 2 && weights.shape().values() > 1;
  }

  /** Whether the bias is a column of several values, as in {@code W @ x + b}. */
  boolean hasColumnBias() {
    return bias != null && bias.dimensions() == 2 && bias.shape().rows() > 1;
  }

  /** Whether the bias is a row of several values, as in {@code x @ W + b}. */
  boolean hasRowBias() {
    return bias != null && bias.dimensions() == 2 && bias.shape().columns() > 1;
  }

  /** Returns the names of weights and bias as {@code --names} takes them. */
  Stream<String> names() {
    return Stream.of(weights.name(), bias == null ? ArrayLayout.NONE : bias.name());
  }

  /** Returns the arrays that are there. */
  Stream<ForeignArray> arrays() {
    return Stream.of(weights, bias).filter(Objects::nonNull);
  }
}
