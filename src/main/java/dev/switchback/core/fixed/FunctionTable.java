package dev.switchback.core.fixed;

import java.util.function.DoubleUnaryOperator;

/**
 * A lookup table with linear interpolation for a function of a raw value, in integers.
 *
 * <p>2048 steps cover [-limit, limit); inputs outside give the end values. Entries carry {@value
 * #GUARD_BITS} guard bits, and the result is rounded once. They are computed with {@link
 * StrictMath}, so they are the same on every machine. A monotonic function gives a monotonic table.
 *
 * <p>Error: half a raw unit from rounding, {@code step^2 / 8 * max|f''|} from the chord, and less
 * than 2^-7 of a raw unit from the entries and the interpolation. Measured over every raw value:
 * sigmoid within 1.1e-5, tanh within 1.4e-5, exp (up to 0) within 3.8e-5.
 *
 * <p>A record because C2 treats its fields as constants; see {@link
 * dev.switchback.core.jvm.Specialisation}.
 *
 * @param limit the first raw value above the table, which begins at {@code -limit}
 * @param shift log2 of the raw units per step
 * @param entries function values from {@code -limit} to {@code limit}, one per step
 */
@SuppressWarnings("ArrayRecordComponent") // the accessor returns a copy
public record FunctionTable(int limit, int shift, int[] entries) {
  private static final int LOG2_STEPS = 11;

  /** Fraction bits of an entry beyond those of the format. */
  public static final int GUARD_BITS = 8;

  /**
   * Tabulates a function.
   *
   * @param log2Limit the table covers [-2^log2Limit, 2^log2Limit)
   */
  static FunctionTable of(int log2Limit, DoubleUnaryOperator function) {
    int steps = 1 << LOG2_STEPS;
    int[] entries = new int[steps + 1];
    double scale = (double) QFormat.ONE * (1 << GUARD_BITS);
    for (int k = 0; k <= steps; k++) {
      double x = (double) (1 << log2Limit) * (2.0 * k / steps - 1.0);
      entries[k] = (int) StrictMath.floor(function.applyAsDouble(x) * scale + 0.5);
    }
    int log2Range = log2Limit + 1 + QFormat.FRACTION_BITS;
    return new FunctionTable(1 << (log2Range - 1), log2Range - LOG2_STEPS, entries);
  }

  /** {@code 1 / (1 + e^-x)}. */
  public static FunctionTable sigmoid() {
    return of(4, x -> 1.0 / (1.0 + StrictMath.exp(-x)));
  }

  /** Hyperbolic tangent. */
  public static FunctionTable tanh() {
    return of(3, StrictMath::tanh);
  }

  /** {@code e^x} for x up to 0; 1 above. */
  public static FunctionTable decay() {
    return of(4, x -> StrictMath.exp(Math.min(x, 0.0)));
  }

  /** Returns a copy. */
  @Override
  public int[] entries() {
    return entries.clone();
  }

  /** Returns the function value at a raw value. */
  public int at(long raw) {
    long fromStart = raw + limit;
    if (fromStart < 0) {
      fromStart = 0;
    } else if (fromStart >= 2L * limit) {
      fromStart = 2L * limit - 1;
    }
    int k = (int) (fromStart >> shift);
    long entry = entries[k];
    long rise = (entries[k + 1] - entry) * (fromStart & ((1 << shift) - 1));
    return (int) QFormat.round((entry << shift) + rise, GUARD_BITS + shift);
  }
}
