package dev.switchback.core.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ElementaryTest {
  private static final double LN2 = StrictMath.log(2.0);
  private static final int LAST = Float.floatToIntBits(100f);
  private static final float[] SWEEP = sweep();

  interface FloatFunction {
    float at(float x);
  }

  private static float[] sweep() {
    float[] points = new float[700_000];
    int count = 0;
    for (int bits = 0; bits <= LAST; bits += 4099) {
      points[count++] = Float.intBitsToFloat(bits);
      points[count++] = -Float.intBitsToFloat(bits);
    }
    for (int half = -260; half <= 260; half++) {
      count = addAround(points, count, (float) (half * LN2 / 2.0));
      count = addAround(points, count, (float) (half * LN2 / 4.0));
    }
    for (float x : new float[] {87f, 18f, 9.2f, 0f, Float.MIN_NORMAL}) {
      count = addAround(points, count, x);
      count = addAround(points, count, -x);
    }
    for (float worst : new float[] {2.4270096f, -17.023275f, -4.843522f, 0.015729975f}) {
      count = addAround(points, count, worst);
    }
    float[] sweep = Arrays.copyOf(points, count);
    Arrays.sort(sweep);
    return sweep;
  }

  private static int addAround(float[] points, int count, float centre) {
    float x = centre;
    for (int k = 0; k < 20; k++) {
      x = Math.nextDown(x);
    }
    int next = count;
    for (int k = 0; k < 41; k++) {
      points[next++] = x;
      x = Math.nextUp(x);
    }
    return next;
  }

  private static double worstRelativeError(
      FloatFunction function, DoubleUnaryOperator exact, float from, float to) {
    double worst = 0.0;
    for (float x : SWEEP) {
      if (x >= from && x <= to) {
        double wanted = exact.applyAsDouble(x);
        double error =
            wanted == 0.0 ? Math.abs(function.at(x)) : Math.abs(function.at(x) - wanted) / wanted;
        worst = Math.max(worst, Math.abs(error));
      }
    }
    return worst;
  }

  private static double worstRelativeFall(FloatFunction function) {
    double worst = 0.0;
    float highest = Float.NEGATIVE_INFINITY;
    for (float x : SWEEP) {
      float y = function.at(x);
      if (y < highest) {
        worst = Math.max(worst, ((double) highest - y) / Math.abs(highest));
      }
      highest = Math.max(highest, y);
    }
    return worst;
  }

  private static long checksum(FloatFunction function) {
    CRC32 crc = new CRC32();
    for (float x : SWEEP) {
      int bits = Float.floatToIntBits(function.at(x));
      crc.update(bits >>> 24);
      crc.update(bits >>> 16);
      crc.update(bits >>> 8);
      crc.update(bits);
    }
    return crc.getValue();
  }

  @Test
  void expStaysWithinItsStatedError() {
    double worst = worstRelativeError(Elementary::exp, StrictMath::exp, -87f, 87f);
    assertTrue(worst <= 1.3e-7 && worst > 1.2e-7, "relative error " + worst);
  }

  @Test
  void sigmoidStaysWithinItsStatedError() {
    double worst =
        worstRelativeError(
            Elementary::sigmoid, x -> 1.0 / (1.0 + StrictMath.exp(-x)), -87f, Float.MAX_VALUE);
    assertTrue(worst <= 2.2e-7 && worst > 2.1e-7, "relative error " + worst);
  }

  @Test
  void tanhStaysWithinItsStatedError() {
    double worst =
        worstRelativeError(Elementary::tanh, StrictMath::tanh, -Float.MAX_VALUE, Float.MAX_VALUE);
    assertTrue(worst <= 1.9e-7 && worst > 1.8e-7, "relative error " + worst);
  }

  @Test
  void beyondTheLimitsTheEndsHold() {
    for (float x : new float[] {Math.nextUp(87f), 88f, 1e10f, Float.POSITIVE_INFINITY}) {
      assertEquals(Float.POSITIVE_INFINITY, Elementary.exp(x));
      assertEquals(0f, Elementary.exp(-x));
      assertEquals(1f, Elementary.sigmoid(x));
      assertEquals(0f, Elementary.sigmoid(-x));
      assertEquals(1f, Elementary.tanh(x));
      assertEquals(-1f, Elementary.tanh(-x));
    }
    for (float x : new float[] {9.2f, Math.nextUp(9.2f), 87f}) {
      assertEquals(1f, Elementary.tanh(x));
      assertEquals(-1f, Elementary.tanh(-x));
    }
  }

  @Test
  void atTheLimitsTheFunctionsAreStillFiniteAndPositive() {
    assertTrue(Float.isFinite(Elementary.exp(87f)));
    assertTrue(Elementary.exp(-87f) >= Float.MIN_NORMAL);
    assertTrue(Elementary.sigmoid(-87f) >= Float.MIN_NORMAL);
  }

  @Test
  void notANumberStaysNotANumber() {
    assertTrue(Float.isNaN(Elementary.exp(Float.NaN)));
    assertTrue(Float.isNaN(Elementary.sigmoid(Float.NaN)));
    assertTrue(Float.isNaN(Elementary.tanh(Float.NaN)));
  }

  @Test
  void functionsRiseUpToTheirRounding() {
    assertTrue(worstRelativeFall(Elementary::exp) <= 1.3e-7);
    assertTrue(worstRelativeFall(Elementary::sigmoid) <= 2.2e-7);
    assertTrue(worstRelativeFall(Elementary::tanh) <= 1.9e-7);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 3f800000, 3f000000, 00000000",
    "1, 402df854, 3f3b26a8, 3f42f7d6",
    "-1, 3ebc5ab2, 3e89b2b1, bf42f7d6",
    "0.34657359, 3fb504f3, 3f15f61a, 3eaaaaab",
    "5, 431469c5, 3f7e4961, 3f7ffa0d",
    "-5, 3bdcc9ff, 3bdb4fb4, bf7ffa0d",
    "-17.023275, 332db7dc, 332db7db, bf800000",
    "0.001, 3f8020c9, 3f001062, 3a83126c",
    "-86.9, 00c60f89, 00c60f89, bf800000",
    "87, 7e36d809, 3f800000, 3f800000",
    "1e-40, 3f800000, 3f000000, 000116c2",
  })
  void someValuesKeepTheirBits(float x, String exp, String sigmoid, String tanh) {
    assertEquals(exp, bits(Elementary.exp(x)));
    assertEquals(sigmoid, bits(Elementary.sigmoid(x)));
    assertEquals(tanh, bits(Elementary.tanh(x)));
  }

  private static String bits(float value) {
    return String.format("%08x", Float.floatToRawIntBits(value));
  }

  @Test
  void wholeSweepKeepsItsBits() {
    assertEquals("2673839d", Long.toHexString(checksum(Elementary::exp)));
    assertEquals("1147b252", Long.toHexString(checksum(Elementary::sigmoid)));
    assertEquals("4299eb9c", Long.toHexString(checksum(Elementary::tanh)));
  }
}
