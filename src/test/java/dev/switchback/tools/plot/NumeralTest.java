package dev.switchback.tools.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumeralTest {
  @ParameterizedTest
  @CsvSource({
    "0.95349, 0.9535",
    "-0.00001, 0.0000",
    "-2.5, -2.5000",
    "99999, 99999.0000",
    "1e30, 1.00e30",
    "-123456, -1.23e5",
    "NaN, NaN",
    "Infinity, ∞",
    "-Infinity, -∞"
  })
  void fourDecimalsAsLongAsThatIsShort(double value, String text) {
    assertEquals(text, Numeral.decimals(value, 4));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0.0022749, 0.00227",
    "0.001, 0.001",
    "0.00099949, 9.99 × 10⁻⁴",
    "0.00099999, 0.001",
    "1.83e-5, 1.83 × 10⁻⁵",
    "-1e-30, -1 × 10⁻³⁰",
    "47, 47",
    "0.25, 0.25",
    "99999, 1 × 10⁵",
    "12345, 12345",
    "120, 120",
    "1e30, 1 × 10³⁰",
    "NaN, NaN"
  })
  void threeDigitsWithoutTrailingZeros(double value, String text) {
    assertEquals(text, Numeral.threeDigits(value));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.00",
    "-0.0, 0.00",
    "-3.414, -3.41",
    "9.996, 10.0",
    "12.345, 12.3",
    "-99.99, -100",
    "9999, 9999",
    "10000, 1e4",
    "-2e-30, -2e-30",
    "0.004, 4e-3",
    "1e30, 1e30",
    "NaN, NaN"
  })
  void briefNumbersTakeAtMostSixCharacters(double value, String text) {
    assertEquals(text, Numeral.brief(value));
  }

  @Test
  void everyFloatIsBriefEnoughForANeuron() {
    for (float value = Float.MIN_VALUE; value < Float.POSITIVE_INFINITY; value *= 7) {
      String text = Numeral.brief(-value);

      assertTrue(text.length() <= 6, text);
      assertTrue(Lettering.width(text, Lettering.SMALL) <= 2 * NetworkLayout.RADIUS + 8, text);
    }
  }

  @Test
  void wholeNumbersAreGrouped() {
    assertEquals("2,000,000,000", Numeral.count(2_000_000_000));
  }
}
