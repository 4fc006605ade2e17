package dev.switchback.bench;

import java.math.BigDecimal;
import java.math.MathContext;

/** Measured numbers as tables have them: three significant digits. */
final class Quantity {
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
    return new BigDecimal(value).round(new MathContext(3)).toPlainString();
  }

  static String percent(double part) {
    return Math.round(part * 100) + " %";
  }
}
