package dev.switchback.core.fixed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class QFormatTest {

  @Test
  void deviceFormatHas24BitsAndSixteenOfThemBehindThePoint() {
    assertEquals("Q7.16", QFormat.NAME);
    assertEquals(65536, QFormat.ONE);
    assertEquals(8388607, QFormat.MAX);
    assertEquals(-8388608, QFormat.MIN);
  }

  @Test
  void everyRawValueIsExactlyAFloat() {
    for (int raw = QFormat.MIN; raw <= QFormat.MAX; raw++) {
      float value = QFormat.dequantize(raw);
      if (value * 65536.0 != raw || QFormat.quantize(value) != raw) {
        assertEquals(raw, QFormat.quantize(value));
        assertEquals(raw / 65536.0, value);
      }
    }
  }

  @Test
  void quantizeRoundsToTheNearestAndHalvesUp() {
    for (int raw = -20_000; raw <= 20_000; raw++) {
      double unit = 1.0 / 65536;
      assertEquals(raw, QFormat.quantize((float) ((raw - 0.5) * unit)));
      assertEquals(raw, QFormat.quantize((float) ((raw - 0.4375) * unit)));
      assertEquals(raw, QFormat.quantize((float) (raw * unit)));
      assertEquals(raw, QFormat.quantize((float) ((raw + 0.4375) * unit)));
    }
    assertEquals(0, QFormat.quantize(Math.nextDown(0x1p-17f)));
    assertEquals(1, QFormat.quantize(0x1p-17f));
    assertEquals(0, QFormat.quantize(-0x1p-17f));
    assertEquals(-1, QFormat.quantize(Math.nextDown(-0x1p-17f)));
    assertEquals(0, QFormat.quantize(Float.MIN_VALUE));
    assertEquals(0, QFormat.quantize(-Float.MIN_VALUE));
    assertEquals(0, QFormat.quantize(-0f));
  }

  @Test
  void quantizeSaturatesAtBothEnds() {
    assertEquals(8388607, QFormat.quantize(128f));
    assertEquals(8388607, QFormat.quantize(127.99999f));
    assertEquals(8388607, QFormat.quantize(Float.MAX_VALUE));
    assertEquals(8388607, QFormat.quantize(Float.POSITIVE_INFINITY));
    assertEquals(-8388608, QFormat.quantize(-128f));
    assertEquals(-8388608, QFormat.quantize(-128.00002f));
    assertEquals(-8388608, QFormat.quantize(-Float.MAX_VALUE));
    assertEquals(-8388608, QFormat.quantize(Float.NEGATIVE_INFINITY));
  }

  @Test
  void valuesHaveTheSameStepsAndFourBitsMore() {
    assertEquals(2048 * QFormat.ONE - 1, QFormat.MAX_VALUE);
    assertEquals(-2048 * QFormat.ONE, QFormat.MIN_VALUE);
    assertEquals(1000 * QFormat.ONE, QFormat.quantizeValue(1000f));
    assertEquals(QFormat.MAX_VALUE, QFormat.quantizeValue(2048f));
    assertEquals(QFormat.MIN_VALUE, QFormat.quantizeValue(Float.NEGATIVE_INFINITY));
    assertEquals(QFormat.MAX_VALUE, QFormat.requantizeValue(Long.MAX_VALUE >> 1));
    assertEquals(-3, QFormat.requantizeValue((-4L << 16) + 32768));
    assertTrue(QFormat.isCut(new int[] {0, QFormat.MIN_VALUE}));
    assertFalse(QFormat.isCut(new int[] {QFormat.MAX_VALUE - 1, QFormat.MIN_VALUE + 1}));
  }

  @Test
  void notANumberIsZero() {
    assertEquals(0, QFormat.quantize(Float.NaN));
    assertEquals(0, QFormat.quantizeValue(Float.NaN));
  }

  @Test
  void saturateClampsLongs() {
    assertEquals(8388607, QFormat.saturate(8388607));
    assertEquals(8388607, QFormat.saturate(8388608));
    assertEquals(8388607, QFormat.saturate(Long.MAX_VALUE));
    assertEquals(-8388608, QFormat.saturate(-8388608));
    assertEquals(-8388608, QFormat.saturate(-8388609));
    assertEquals(-8388608, QFormat.saturate(Long.MIN_VALUE));
    assertEquals(-5, QFormat.saturate(-5));
  }

  @Test
  void roundIsTheFloorOfTheQuotientPlusOneHalf() {
    for (int bits = 1; bits <= 10; bits++) {
      for (long value = -5000; value <= 5000; value++) {
        long expected = (long) Math.floor((double) value / (1 << bits) + 0.5);
        assertEquals(expected, QFormat.round(value, bits), value + " / 2^" + bits);
      }
    }
    assertEquals(2, QFormat.round(3, 1));
    assertEquals(-1, QFormat.round(-3, 1));
    assertEquals(0, QFormat.round(-1, 1));
  }

  @Test
  void requantizeDividesByOneRoundsAndSaturates() {
    assertEquals(3, QFormat.requantize(3L << 16));
    assertEquals(4, QFormat.requantize((3L << 16) + 32768));
    assertEquals(3, QFormat.requantize((3L << 16) + 32767));
    assertEquals(-3, QFormat.requantize((-4L << 16) + 32768));
    assertEquals(-4, QFormat.requantize((-4L << 16) + 32767));
    assertEquals(8388607, QFormat.requantize(1L << 50));
    assertEquals(-8388608, QFormat.requantize(-1L << 50));
    assertEquals(8388607, QFormat.requantize((8388607L << 16) + 32768));
  }

  @Test
  void productsOfTrainingStayWithinALong() {
    BigInteger most = BigInteger.valueOf(Long.MAX_VALUE);
    BigInteger max = BigInteger.valueOf(QFormat.MAX);
    int n = QFormat.FRACTION_BITS;
    BigInteger half = BigInteger.ONE.shiftLeft(n - 1);
    BigInteger rateByGradient = max.multiply(max.shiftLeft(n)).add(half);
    BigInteger deltaBySlope =
        max.add(BigInteger.ONE).shiftLeft(2 * n).add(BigInteger.ONE.shiftLeft(2 * n - 1));
    BigInteger sum = max.add(BigInteger.ONE).pow(2).multiply(BigInteger.valueOf(4097)).add(half);
    assertEquals(most, most.max(rateByGradient).max(deltaBySlope).max(sum));
  }
}
