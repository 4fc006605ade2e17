package dev.switchback.core.fixed;

/**
 * Q7.16: 7 integer bits without the sign bit, 16 fraction bits, 24 in total (Texas Instruments'
 * convention; Arm counts the sign among the integer bits). The range is [-128, 128) in steps of
 * 1.5e-5; the real value of a raw value is {@code raw * 2^-16}.
 *
 * <p>Weights, biases and deltas are in this range. <b>Values</b>, that is inputs, sums and
 * activations, have the same steps and four bits more: [-2048, 2048). So a linear or relu neuron
 * may count to a thousand, as the readings of a converter do.
 *
 * <p>Every weight fits into a float exactly, so weight files hold fixed weights without loss; a
 * value does up to 256, and is rounded beyond. Sums of products are exact in 64 bits for every
 * {@link dev.switchback.core.nn.Topology}: 4097 products of a weight below 2^23 and a value below
 * 2^27 stay below 2^63. Training also multiplies numbers of 32 fraction bits before it rounds (a
 * rate by a gradient, a delta by a slope); these products fit into 64 bits too.
 *
 * <p><b>Rounding</b> is half up everywhere, {@code floor(x + 1/2)}; <b>overflow</b> saturates.
 */
public final class QFormat {
  /** The name used in files and messages. */
  public static final String NAME = "Q7.16";

  public static final int FRACTION_BITS = 16;

  /** Raw value of 1. */
  public static final int ONE = 1 << FRACTION_BITS;

  /** Largest raw value. */
  public static final int MAX = (1 << 23) - 1;

  /** Smallest raw value. */
  public static final int MIN = -MAX - 1;

  /** Largest raw value of an input, a sum or an activation. */
  public static final int MAX_VALUE = (1 << 27) - 1;

  /** Smallest raw value of an input, a sum or an activation. */
  public static final int MIN_VALUE = -MAX_VALUE - 1;

  private QFormat() {}

  /** Clamps a raw value to the range. */
  static int saturate(long raw) {
    if (raw > MAX) {
      return MAX;
    }
    return raw < MIN ? MIN : (int) raw;
  }

  /** Clamps a raw value to the range of values. */
  static int saturateValue(long raw) {
    if (raw > MAX_VALUE) {
      return MAX_VALUE;
    }
    return raw < MIN_VALUE ? MIN_VALUE : (int) raw;
  }

  /** Returns whether one of the values is at a limit, so that it may have been cut. */
  static boolean isCut(int[] values) {
    for (int value : values) {
      if (value == MAX_VALUE || value == MIN_VALUE) {
        return true;
      }
    }
    return false;
  }

  /** Converts a sum of products from 32 to 16 fraction bits, rounded and saturated as a value. */
  static int requantizeValue(long sum) {
    return saturateValue(round(sum, FRACTION_BITS));
  }

  /** Converts a product from 32 to 16 fraction bits, rounded and saturated. */
  static int requantize(long product) {
    return saturate(round(product, FRACTION_BITS));
  }

  /** Returns {@code value / 2^bits}, rounded half up; not saturated. */
  static long round(long value, int bits) {
    return (value + (1L << (bits - 1))) >> bits;
  }

  /** Returns the nearest raw value in the range; NaN gives 0. */
  public static int quantize(float value) {
    return Math.clamp(Math.round(value * ONE), MIN, MAX);
  }

  /** Returns the nearest raw value of an input; NaN gives 0. */
  public static int quantizeValue(float value) {
    return Math.clamp(Math.round(value * ONE), MIN_VALUE, MAX_VALUE);
  }

  /** Returns whether {@link #quantize} cuts a weight to the range, rather than rounds it. */
  public static boolean cuts(float weight) {
    return Math.abs((double) weight - dequantize(quantize(weight))) > 0.5 / ONE;
  }

  /** Quantises {@code target.length} inputs. */
  static void quantizeValues(float[] values, int[] target) {
    for (int k = 0; k < target.length; k++) {
      target[k] = quantizeValue(values[k]);
    }
  }

  /** Returns the real value; exact up to 256, else the nearest float. */
  public static float dequantize(int raw) {
    return raw * (1f / ONE);
  }

  /** Converts {@code raw.length} values. */
  static void dequantize(int[] raw, float[] target) {
    for (int k = 0; k < raw.length; k++) {
      target[k] = dequantize(raw[k]);
    }
  }
}
