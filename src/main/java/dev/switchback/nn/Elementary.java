package dev.switchback.nn;

/**
 * Elementary functions with the same bits on every machine.
 *
 * <p><b>The rule of determinism</b> in {@code nn} and {@code nn.fixed}: only operations whose
 * result Java fixes to the last bit are used: {@code + - * /}, {@link Math#fma}, {@link
 * StrictMath}, and integers. {@code Math.exp} and its kin may differ in the last bit between
 * platforms and are not. Every sum has one order: it starts from the bias (or zero) and adds its
 * terms by one {@code fma} each, in ascending index, whatever the kernel's shape.
 *
 * <p>{@code e^x} is {@code 2^n * 2^f} with {@code n} the integer nearest to {@code x log2(e)} and
 * {@code 2^f - 1 = f P(f)}, where {@code P} is the polynomial of degree 5 with the least relative
 * error on [-1/2, 1/2] (1.1e-8; fitted by iterated weighted least squares). Float rounding
 * dominates the bounds given below, measured over every float against {@link StrictMath}; {@code
 * ElementaryTest} repeats it over a sweep. The functions rise up to those errors: of two neighbours
 * the greater may be the smaller by its rounding.
 */
final class Elementary {
  private static final float LOG2E_HIGH = 0x1.715476p0f;
  private static final float LOG2E_LOW = 0x1.4ae0cp-26f;

  /** Adding it to a float below 2^22 leaves the nearest integer in the low bits. */
  private static final float ROUND = 0x1.8p23f;

  private static final float P0 = 0x1.62e430p-1f;
  private static final float P1 = 0x1.ebfbdep-3f;
  private static final float P2 = 0x1.c6af6ep-5f;
  private static final float P3 = 0x1.3b2ba0p-7f;
  private static final float P4 = 0x1.5f07b4p-10f;
  private static final float P5 = 0x1.4308fap-13f;

  /** Below {@code -EXP_LIMIT} exp is 0, above it infinite. */
  private static final float EXP_LIMIT = 87f;

  /** From here on tanh rounds to 1. */
  private static final float TANH_LIMIT = 9.2f;

  private Elementary() {}

  /** {@code e^x}, relative error at most 1.3e-7; 0 below -87, infinite above 87. */
  static float exp(float x) {
    if (x < -EXP_LIMIT) {
      return 0f;
    }
    if (x > EXP_LIMIT) {
      return Float.POSITIVE_INFINITY;
    }
    float rounded = x * LOG2E_HIGH + ROUND;
    float scale = powerOfTwo(rounded);
    return Math.fma(scale, fractionPowerMinusOne(x, rounded), scale);
  }

  /** {@code 1 / (1 + e^-x)}, relative error at most 1.8e-7; 0 below -87. */
  static float sigmoid(float x) {
    if (x < -EXP_LIMIT) {
      return 0f;
    }
    if (x > EXP_LIMIT) {
      return 1f;
    }
    float rounded = ROUND - x * LOG2E_HIGH;
    float scale = powerOfTwo(rounded);
    return 1f / (1f + Math.fma(scale, fractionPowerMinusOne(-x, rounded), scale));
  }

  /** {@code (e^2x - 1) / (e^2x + 1)}, relative error at most 2.9e-7, also next to 0. */
  static float tanh(float x) {
    if (x > TANH_LIMIT) {
      return 1f;
    }
    if (x < -TANH_LIMIT) {
      return -1f;
    }
    float twice = 2f * x;
    float rounded = twice * LOG2E_HIGH + ROUND;
    float scale = powerOfTwo(rounded);
    float expMinusOne = Math.fma(scale, fractionPowerMinusOne(twice, rounded), scale - 1f);
    return expMinusOne / (expMinusOne + 2f);
  }

  private static float powerOfTwo(float rounded) {
    return Float.intBitsToFloat((Float.floatToRawIntBits(rounded) + 127) << 23);
  }

  /** {@code 2^f - 1} where {@code f = x log2(e) - n} and {@code n} stands in {@code rounded}. */
  private static float fractionPowerMinusOne(float x, float rounded) {
    float n = rounded - ROUND;
    float f = Math.fma(x, LOG2E_LOW, Math.fma(x, LOG2E_HIGH, -n));
    float f2 = f * f;
    float low = Math.fma(P1, f, P0);
    float middle = Math.fma(P3, f, P2);
    float high = Math.fma(P5, f, P4);
    return f * Math.fma(f2, Math.fma(f2, high, middle), low);
  }
}
