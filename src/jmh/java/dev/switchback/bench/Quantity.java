package dev.switchback.bench;

import java.math.BigDecimal;
import java.math.MathContext;

/** Formats measured numbers with three significant digits. */
final class Quantity {
  private static final int DIGITS = 3;
  private static final String[] UNITS = {"ns", "us", "ms", "s"};

  private Quantity() {}

  /** {@code 61.2 ns}, {@code 9.34 us}. */
  static String time(double nanos) {
    int unit = 0;
    double value = nanos;
    while (value >= 999.5 && unit < UNITS.length - 1) {
      value /= 1000;
      unit++;
    }
    return digits(value) + " " + UNITS[unit];
  }

  /** {@code 0.0134}, {@code 1.09}. */
  static String digits(double value) {
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(DIGITS));
    int exponent = rounded.precision() - rounded.scale();
    return rounded.setScale(Math.max(0, DIGITS - exponent)).toPlainString();
  }

  static String percent(double part) {
    return Math.round(part * 100) + " %";
  }
}
