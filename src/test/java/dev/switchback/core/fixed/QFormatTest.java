package dev.switchback.core.fixed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QFormatTest {
  private static final QFormat Q7_16 = QFormat.DEVICE;
  private static final QFormat Q3_12 = new QFormat(3, 12);

  @Test
  void deviceFormatHas24BitsAndSixteenOfThemBehindThePoint() {
    assertEquals(new QFormat(7, 16), Q7_16);
    assertEquals("Q7.16", Q7_16.toString());
    assertEquals(65536, Q7_16.one());
    assertEquals(8388607, Q7_16.max());
    assertEquals(4096, Q3_12.one());
    assertEquals(32767, Q3_12.max());
  }

  @Test
  void everyRawValueIsExactlyAFloat() {
    for (int raw = -Q7_16.max() - 1; raw <= Q7_16.max(); raw++) {
      float value = Q7_16.dequantize(raw);
      if (value * 65536.0 != raw || Q7_16.quantize(value) != raw) {
        assertEquals(raw, Q7_16.quantize(value));
        assertEquals(raw / 65536.0, value);
      }
    }
  }

  @Test
  void everyRawValueOfTheWidestFormatIsExactlyAFloat() {
    QFormat widest = new QFormat(16, 8);
    for (int raw = -widest.max() - 1; raw <= widest.max(); raw++) {
      if (widest.quantize(widest.dequantize(raw)) != raw) {
        assertEquals(raw, widest.quantize(widest.dequantize(raw)));
      }
    }
  }

  @Test
  void quantizeRoundsToTheNearestAndHalvesUp() {
    for (int raw = -20_000; raw <= 20_000; raw++) {
      double unit = 1.0 / 4096;
      assertEquals(raw, Q3_12.quantize((float) ((raw - 0.5) * unit)));
      assertEquals(raw, Q3_12.quantize((float) ((raw - 0.4375) * unit)));
      assertEquals(raw, Q3_12.quantize((float) (raw * unit)));
      assertEquals(raw, Q3_12.quantize((float) ((raw + 0.4375) * unit)));
    }
    assertEquals(0, Q3_12.quantize(Math.nextDown(0x1p-13f)));
    assertEquals(1, Q3_12.quantize(0x1p-13f));
    assertEquals(0, Q3_12.quantize(-0x1p-13f));
    assertEquals(-1, Q3_12.quantize(Math.nextDown(-0x1p-13f)));
    assertEquals(0, Q3_12.quantize(Float.MIN_VALUE));
    assertEquals(0, Q3_12.quantize(-Float.MIN_VALUE));
    assertEquals(0, Q3_12.quantize(-0f));
  }

  @Test
  void quantizeSaturatesAtBothEnds() {
    assertEquals(8388607, Q7_16.quantize(128f));
    assertEquals(8388607, Q7_16.quantize(127.99999f));
    assertEquals(8388607, Q7_16.quantize(Float.MAX_VALUE));
    assertEquals(8388607, Q7_16.quantize(Float.POSITIVE_INFINITY));
    assertEquals(-8388608, Q7_16.quantize(-128f));
    assertEquals(-8388608, Q7_16.quantize(-128.00002f));
    assertEquals(-8388608, Q7_16.quantize(-Float.MAX_VALUE));
    assertEquals(-8388608, Q7_16.quantize(Float.NEGATIVE_INFINITY));
  }

  @Test
  void notANumberIsZero() {
    assertEquals(0, Q7_16.quantize(Float.NaN));
  }

  @Test
  void saturateClampsLongs() {
    assertEquals(8388607, Q7_16.saturate(8388607));
    assertEquals(8388607, Q7_16.saturate(8388608));
    assertEquals(8388607, Q7_16.saturate(Long.MAX_VALUE));
    assertEquals(-8388608, Q7_16.saturate(-8388608));
    assertEquals(-8388608, Q7_16.saturate(-8388609));
    assertEquals(-8388608, Q7_16.saturate(Long.MIN_VALUE));
    assertEquals(-5, Q7_16.saturate(-5));
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
    assertEquals(3, Q7_16.requantize(3L << 16));
    assertEquals(4, Q7_16.requantize((3L << 16) + 32768));
    assertEquals(3, Q7_16.requantize((3L << 16) + 32767));
    assertEquals(-3, Q7_16.requantize((-4L << 16) + 32768));
    assertEquals(-4, Q7_16.requantize((-4L << 16) + 32767));
    assertEquals(8388607, Q7_16.requantize(1L << 50));
    assertEquals(-8388608, Q7_16.requantize(-1L << 50));
    assertEquals(8388607, Q7_16.requantize((8388607L << 16) + 32768));
  }

  @ParameterizedTest
  @CsvSource({"1, 8", "1, 20", "16, 8", "9, 15", "7, 16", "6, 17", "3, 19"})
  void formatsThatFitAreTaken(int m, int n) {
    QFormat format = new QFormat(m, n);
    assertEquals(1 << (m + n), format.max() + 1);
    assertEquals("Q" + m + "." + n, format.toString());
  }

  @ParameterizedTest
  @CsvSource({"0, 16", "-1, 16", "7, 7", "1, 21", "17, 8", "10, 15", "8, 16", "4, 19", "2, 20"})
  void formatsThatDoNotFitAreRefused(int m, int n) {
    assertEquals(
        "Qm.n needs m from 1, n from 8 to 20, at most 25 bits and 2m + 3n up to 63, not Q"
            + m
            + "."
            + n,
        assertThrows(IllegalArgumentException.class, () -> new QFormat(m, n)).getMessage());
  }

  @Test
  void productsOfTrainingStayWithinALongInEveryFormat() {
    BigInteger most = BigInteger.valueOf(Long.MAX_VALUE);
    int formats = 0;
    for (int m = 1; m <= 16; m++) {
      for (int n = 8; n <= 20; n++) {
        if (1 + m + n > 25 || 2 * m + 3 * n > 63) {
          continue;
        }
        QFormat format = new QFormat(m, n);
        BigInteger max = BigInteger.valueOf(format.max());
        BigInteger half = BigInteger.ONE.shiftLeft(n - 1);
        BigInteger rateByGradient = max.multiply(max.shiftLeft(n)).add(half);
        BigInteger deltaBySlope =
            max.add(BigInteger.ONE).shiftLeft(2 * n).add(BigInteger.ONE.shiftLeft(2 * n - 1));
        BigInteger sum =
            max.add(BigInteger.ONE).pow(2).multiply(BigInteger.valueOf(4097)).add(half);
        assertEquals(most, most.max(rateByGradient).max(deltaBySlope).max(sum), format.toString());
        formats++;
      }
    }
    assertEquals(121, formats);
  }
}
