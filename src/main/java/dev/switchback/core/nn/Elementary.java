package dev.switchback.core.nn;

/**
 * Elementary functions with the same bits on every machine.
 *
 * <p><b>The rule of determinism</b> in {@code core.nn} and {@code core.fixed}: only operations
 * whose result Java defines to the last bit are used: {@code + - * /}, {@link Math#fma}, {@link
 * StrictMath}, and integers. {@code Math.exp} and similar functions may differ in the last bit
 * between platforms and are not used. Every sum starts from the bias (or zero) and adds its terms
 * by one {@code fma} each, in ascending index, in every kernel.
 *
 * <p>Sigmoid and tanh are Taylor cubics about the nearest of equally spaced nodes. They need no
 * division and no exponential, and their error is that of rounding alone. {@code e^x} is {@code 2^n
 * * 2^f} with {@code n} the integer nearest to {@code x log2(e)} and {@code 2^f - 1 = f P(f)},
 * where {@code P} is the polynomial of degree 5 with the least relative error on [-1/2, 1/2]
 * (1.1e-8; fitted by iterated weighted least squares).
 *
 * <p>The bounds below were measured over every float against {@link StrictMath}, and rounding
 * dominates them; {@code ElementaryTest} repeats the measurement over a sweep. The functions are
 * monotonic only within these bounds: rounding may reverse two neighbouring values.
 */
final class Elementary {
  private static final float LOG2E_HIGH = 0x1.715476p0f;
  private static final float LOG2E_LOW = 0x1.4ae0cp-26f;

  /** Adding it to a float below 2^22 leaves the nearest integer in the low bits. */
  private static final float ROUND = 0x1.8p23f;

  private static final int ROUND_BITS = 0x4b400000;

  private static final float P0 = 0x1.62e430p-1f;
  private static final float P1 = 0x1.ebfbdep-3f;
  private static final float P2 = 0x1.c6af6ep-5f;
  private static final float P3 = 0x1.3b2ba0p-7f;
  private static final float P4 = 0x1.5f07b4p-10f;
  private static final float P5 = 0x1.4308fap-13f;

  /** Below {@code -EXP_LIMIT} exp is 0, above it infinite. */
  private static final float EXP_LIMIT = 87f;

  /** Above it sigmoid rounds to 1; below its negative it is {@code e^x} to 2e-8. */
  private static final float SIGMOID_LIMIT = 18f;

  private static final int SIGMOID_NODES_PER_UNIT = 16;

  /** Above it tanh rounds to 1. */
  private static final float TANH_LIMIT = 9.2f;

  /** More than for sigmoid, because near 0 tanh is small and its relative error matters. */
  private static final int TANH_NODES_PER_UNIT = 32;

  /** Four coefficients per node, constant term first; the first node is at minus the limit. */
  private static final float[] SIGMOID_CUBICS = sigmoidCubics();

  /** Computed on first use of tanh. */
  private static final class Tanh {
    static final float[] CUBICS = tanhCubics();
  }

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

  /** {@code 1 / (1 + e^-x)}, relative error at most 2.2e-7; 0 below -87. */
  static float sigmoid(float x) {
    if (x >= -SIGMOID_LIMIT && x <= SIGMOID_LIMIT) {
      return cubic(SIGMOID_CUBICS, SIGMOID_NODES_PER_UNIT, x);
    }
    return x > 0f ? 1f : exp(x);
  }

  /** {@code (e^2x - 1) / (e^2x + 1)}, relative error at most 1.9e-7, also near 0. */
  static float tanh(float x) {
    if (x >= -TANH_LIMIT && x <= TANH_LIMIT) {
      return cubic(Tanh.CUBICS, TANH_NODES_PER_UNIT, x);
    }
    return Math.signum(x);
  }

  /** Evaluates the cubic about the node nearest to {@code x}; the middle node is at 0. */
  private static float cubic(float[] cubics, int nodesPerUnit, float x) {
    float rounded = Math.fma(x, nodesPerUnit, ROUND);
    float distance = Math.fma(rounded - ROUND, -1f / nodesPerUnit, x);
    int node = Float.floatToRawIntBits(rounded) - ROUND_BITS;
    int c = 4 * node + cubics.length / 2 - 2;
    float low = Math.fma(distance, cubics[c + 1], cubics[c]);
    float high = Math.fma(distance, cubics[c + 3], cubics[c + 2]);
    return Math.fma(distance * distance, high, low);
  }

  /** With {@code s} the value, the derivatives are s(1-s), s(1-s)(1-2s), s(1-s)(1-6s(1-s)). */
  private static float[] sigmoidCubics() {
    int half = (int) (SIGMOID_LIMIT * SIGMOID_NODES_PER_UNIT);
    float[] cubics = new float[4 * (2 * half + 1)];
    double exp = StrictMath.exp(SIGMOID_LIMIT);
    double ratio = StrictMath.exp(-1.0 / SIGMOID_NODES_PER_UNIT);
    for (int k = 0; k <= 2 * half; k++, exp *= ratio) {
      double s = 1.0 / (1.0 + exp);
      double slope = s * (1.0 - s);
      cubics[4 * k] = (float) s;
      cubics[4 * k + 1] = (float) slope;
      cubics[4 * k + 2] = (float) (slope * (1.0 - 2.0 * s) / 2.0);
      cubics[4 * k + 3] = (float) (slope * (1.0 - 6.0 * slope) / 6.0);
    }
    return cubics;
  }

  /** With {@code t} the value, the derivatives are 1-tt, -2t(1-tt), (1-tt)(6tt-2). */
  private static float[] tanhCubics() {
    int half = (int) Math.ceil(TANH_LIMIT * TANH_NODES_PER_UNIT);
    float[] cubics = new float[4 * (2 * half + 1)];
    for (int k = 0; k <= 2 * half; k++) {
      double t = StrictMath.tanh((double) (k - half) / TANH_NODES_PER_UNIT);
      double slope = 1.0 - t * t;
      cubics[4 * k] = (float) t;
      cubics[4 * k + 1] = (float) slope;
      cubics[4 * k + 2] = (float) (-t * slope);
      cubics[4 * k + 3] = (float) (slope * (3.0 * t * t - 1.0) / 3.0);
    }
    return cubics;
  }

  private static float powerOfTwo(float rounded) {
    return Float.intBitsToFloat((Float.floatToRawIntBits(rounded) + 127) << 23);
  }

  /** {@code 2^f - 1} where {@code f = x log2(e) - n} and {@code rounded} encodes {@code n}. */
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
