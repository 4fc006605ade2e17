package dev.switchback.core.fixed;

/**
 * Qm.n: {@code m} integer bits without the sign bit, {@code n} fraction bits, {@code 1 + m + n} in
 * total (Texas Instruments' convention; Arm counts the sign in m). The real value of a raw value is
 * {@code raw * 2^-n}.
 *
 * <p>A format has at most 25 bits, so every raw value is exactly a float: weight files hold fixed
 * weights without loss. Sums of products are exact in 64 bits for every {@link
 * dev.switchback.core.nn.Topology}: 4097 products of two 25-bit values stay below 2^61.
 *
 * <p>Training multiplies three values before it rounds, a rate by a gradient of {@code 2n} fraction
 * bits, or a delta by a slope: {@code 2m + 3n} is at most 63, so that these stay in 64 bits too.
 *
 * <p><b>Rounding</b> is half up everywhere, {@code floor(x + 1/2)}; <b>overflow</b> saturates.
 *
 * @param integerBits m, 1 to 16
 * @param fractionBits n, 8 to 20
 */
public record QFormat(int integerBits, int fractionBits) {
  /** Range [-128, 128) in steps of 1.5e-5, 24 bits: what the device uses. */
  public static final QFormat DEVICE = new QFormat(7, 16);

  private static final int MAX_BITS = 25;
  private static final int MAX_PRODUCT_BITS = 63;

  public QFormat {
    if (integerBits < 1
        || fractionBits < 8
        || fractionBits > 20
        || 1 + integerBits + fractionBits > MAX_BITS
        || 2 * integerBits + 3 * fractionBits > MAX_PRODUCT_BITS) {
      throw new IllegalArgumentException(
          "Qm.n needs m from 1, n from 8 to 20, at most 25 bits and 2m + 3n up to 63, not Q"
              + integerBits
              + "."
              + fractionBits);
    }
  }

  /** Raw value of 1. */
  public int one() {
    return 1 << fractionBits;
  }

  /** Largest raw value; the smallest is {@code -max() - 1}. */
  public int max() {
    return (1 << (integerBits + fractionBits)) - 1;
  }

  /** Clamps a raw value into the range. */
  public int saturate(long raw) {
    int max = max();
    if (raw > max) {
      return max;
    }
    return raw < -max - 1 ? -max - 1 : (int) raw;
  }

  /** From {@code 2n} fraction bits, as a product has, back to {@code n}. */
  public int requantize(long product) {
    return saturate(round(product, fractionBits));
  }

  /** {@code value / 2^bits}, rounded half up; not saturated. */
  static long round(long value, int bits) {
    return (value + (1L << (bits - 1))) >> bits;
  }

  /** The nearest raw value; NaN gives 0. */
  public int quantize(float value) {
    return Math.clamp(Math.round(value * one()), -max() - 1, max());
  }

  /** Exact. */
  public float dequantize(int raw) {
    return raw * Float.intBitsToFloat((127 - fractionBits) << 23);
  }

  /** {@code Q7.16}. */
  @Override
  public String toString() {
    return "Q" + integerBits + "." + fractionBits;
  }
}
