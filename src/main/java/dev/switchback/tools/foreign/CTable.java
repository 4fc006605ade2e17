package dev.switchback.tools.foreign;

import dev.switchback.core.fixed.FunctionTable;
import dev.switchback.core.fixed.QFormat;
import dev.switchback.core.nn.Activation;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The lookup table of an activation function in a C header. Only half of its entries are stored,
 * for arguments from 0 up; entry -k is {@link #total} minus entry k. The decay of softmax is needed
 * for arguments up to 0 only, so {@code 1 - e^-x} is stored, with the total 1.
 */
final class CTable {
  /** Steps of a whole table of the fixed engine. */
  static final int ENGINE_STEPS = 2048;

  private static final int ONE = QFormat.ONE << FunctionTable.GUARD_BITS;

  private final String name;
  private final int total;
  private final FunctionTable engine;
  private final FunctionTable table;
  private final DoubleUnaryOperator exact;

  /** Errors once they are computed, else negative: each takes two million evaluations. */
  private double errorToExact = -1;

  private double errorToEngine = -1;

  private CTable(
      String name, int total, FunctionTable engine, int steps, DoubleUnaryOperator exact) {
    this.name = name;
    this.total = total;
    this.engine = engine;
    this.table = coarser(engine, steps);
    this.exact = exact;
  }

  /**
   * Returns the table that an activation needs, or null if it needs none.
   *
   * @param steps of the whole table, a power of two up to {@link #ENGINE_STEPS}
   */
  static @Nullable CTable of(Activation activation, int steps) {
    return switch (activation) {
      case SIGMOID ->
          new CTable(
              "sigmoid",
              ONE,
              FunctionTable.sigmoid(),
              steps,
              x -> 1.0 / (1.0 + StrictMath.exp(-x)));
      case TANH -> new CTable("tanh", 0, FunctionTable.tanh(), steps, StrictMath::tanh);
      case SOFTMAX ->
          new CTable(
              "decay", ONE, FunctionTable.decay(), steps, x -> StrictMath.exp(Math.min(x, 0.0)));
      case RELU, LINEAR -> null;
    };
  }

  private static FunctionTable coarser(FunctionTable table, int steps) {
    int[] entries = table.entries();
    int every = ENGINE_STEPS / steps;
    int[] fewer = new int[steps + 1];
    Arrays.setAll(fewer, k -> entries[k * every]);
    return new FunctionTable(
        table.limit(), table.shift() + Integer.numberOfTrailingZeros(every), fewer);
  }

  String name() {
    return name;
  }

  /** Returns the sum of two entries that mirror each other. */
  int total() {
    return total;
  }

  /** Returns the function value at a raw value, as the header computes it. */
  int at(long raw) {
    return table.at(raw);
  }

  /** Returns the stored entries: for 0, and for one step after another up to the limit. */
  int[] half() {
    int[] entries = table.entries();
    int middle = entries.length / 2;
    int[] half = new int[middle + 1];
    Arrays.setAll(half, k -> total - entries[middle - k]);
    return half;
  }

  /** Returns the first raw value above the table. */
  int limit() {
    return table.limit();
  }

  /** Returns log2 of the raw values in a step. */
  int shift() {
    return table.shift();
  }

  /** Returns whether the rise in one step, times the raw values in it, fits into 32 bits. */
  boolean isNarrow() {
    int[] half = half();
    long steepest = 0;
    for (int k = 1; k < half.length; k++) {
      steepest = Math.max(steepest, half[k] - half[k - 1]);
    }
    return steepest << shift() <= Integer.MAX_VALUE;
  }

  /** Returns the largest difference from the exact function, over every raw value. */
  double errorToExact() {
    if (errorToExact < 0) {
      errorToExact = largestErrorToExact();
    }
    return errorToExact;
  }

  private double largestErrorToExact() {
    double largest = 0;
    for (int raw = -limit(); raw <= limit(); raw++) {
      double value = (double) at(raw) / QFormat.ONE;
      double error = value - exact.applyAsDouble((double) raw / QFormat.ONE);
      largest = Math.max(largest, Math.abs(error));
    }
    return largest;
  }

  /** Returns the largest difference from the table of the fixed engine, over every raw value. */
  double errorToEngine() {
    if (errorToEngine < 0) {
      errorToEngine = largestErrorToEngine();
    }
    return errorToEngine;
  }

  private double largestErrorToEngine() {
    int largest = 0;
    for (int raw = -limit(); raw <= limit(); raw++) {
      largest = Math.max(largest, Math.abs(at(raw) - engine.at(raw)));
    }
    return (double) largest / QFormat.ONE;
  }
}
