package dev.switchback.nn.fixed;

import java.util.function.DoubleUnaryOperator;

/**
 * A function of a raw value by table and linear interpolation, in integers alone.
 *
 * <p>2048 steps cover [-limit, limit); beyond, the end values hold. Entries carry {@value
 * #GUARD_BITS} guard bits and the result is rounded once. They are made with {@link StrictMath}, so
 * they are the same on every machine. A rising function gives a rising table.
 *
 * <p>Error: half a raw unit from rounding, {@code step^2 / 8 * max|f''|} from the chord, and less
 * than 2^-7 of a raw unit from the entries and the interpolation. In Q7.16, over every raw value:
 * sigmoid within 1.1e-5, tanh within 1.4e-5, exp (up to 0) within 3.8e-5.
 */
public final class FunctionTable {
  private static final int LOG2_STEPS = 11;

  /** Fraction bits of an entry beyond those of the format. */
  public static final int GUARD_BITS = 8;

  private final int limit;
  private final int shift;
  private final int[] entries;

  /**
   * Tabulates {@code function} for one format.
   *
   * @param log2Limit the table covers [-2^log2Limit, 2^log2Limit)
   */
  FunctionTable(QFormat format, int log2Limit, DoubleUnaryOperator function) {
    int steps = 1 << LOG2_STEPS;
    this.limit = 1 << (log2Limit + format.fractionBits());
    this.shift = format.fractionBits() + log2Limit + 1 - LOG2_STEPS;
    this.entries = new int[steps + 1];
    double scale = (double) format.one() * (1 << GUARD_BITS);
    for (int k = 0; k <= steps; k++) {
      double x = (double) (1 << log2Limit) * (2.0 * k / steps - 1.0);
      entries[k] = (int) StrictMath.floor(function.applyAsDouble(x) * scale + 0.5);
    }
  }

  /** {@code 1 / (1 + e^-x)}. */
  public static FunctionTable sigmoid(QFormat format) {
    return new FunctionTable(format, 4, x -> 1.0 / (1.0 + StrictMath.exp(-x)));
  }

  /** Hyperbolic tangent. */
  public static FunctionTable tanh(QFormat format) {
    return new FunctionTable(format, 3, StrictMath::tanh);
  }

  /** {@code e^x} for x up to 0; 1 above. */
  public static FunctionTable decay(QFormat format) {
    return new FunctionTable(format, 4, x -> StrictMath.exp(Math.min(x, 0.0)));
  }

  /** The first raw value above the table; the smallest in it is {@code -limit()}. */
  public int limit() {
    return limit;
  }

  /** Raw values from one entry to the next: 2 to the power of this. */
  public int shift() {
    return shift;
  }

  /**
   * The value at {@code -limit()}, then one per step up to that at {@code limit()}; a new array.
   */
  public int[] entries() {
    return entries.clone();
  }

  int at(int raw) {
    int fromStart = Math.clamp((long) raw + limit, 0, 2 * limit - 1);
    int k = fromStart >> shift;
    long fraction = fromStart & ((1 << shift) - 1);
    long rise = ((entries[k + 1] - entries[k]) * fraction) >> shift;
    return (int) QFormat.round(entries[k] + rise, GUARD_BITS);
  }
}
