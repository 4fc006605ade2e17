package dev.switchback.tools.plot;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Formats numbers for display. */
final class Numeral {
  private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

  private Numeral() {}

  /** Formats a whole number: {@code 100,000}. */
  static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /**
   * Formats with fixed decimals if that is short, else as a power: {@code 0.9535}, {@code 1e30}.
   */
  static String decimals(double value, int decimals) {
    if (!Double.isFinite(value)) {
      return notFinite(value);
    }
    return Math.abs(value) < 1e5 ? rounded(value, decimals).toPlainString() : compact(value, 2);
  }

  /** Formats three significant digits: {@code 0.00227}, {@code 47}, {@code 1.83 × 10⁻⁵}. */
  static String threeDigits(double value) {
    if (!Double.isFinite(value)) {
      return notFinite(value);
    }
    BigDecimal three = BigDecimal.valueOf(value).round(new MathContext(3));
    int exponent = three.precision() - three.scale() - 1;
    if (exponent < -3 || exponent > 4) {
      return plain(three.movePointLeft(exponent)) + " × " + powerOfTen(exponent);
    }
    return plain(rounded(value, Math.max(0, 2 - exponent)));
  }

  /** Formats in at most six characters: {@code -3.41}, {@code 12.3}, {@code -2e-30}. */
  static String brief(double value) {
    if (!Double.isFinite(value)) {
      return notFinite(value);
    }
    double size = Math.abs(value);
    if (size >= 9999.5 || (size > 0 && size < 0.005)) {
      return compact(value, 0);
    }
    int decimals = size < 9.995 ? 2 : size < 99.95 ? 1 : 0;
    return rounded(value, decimals).toPlainString();
  }

  /** Formats a power: {@code 10⁻⁵}. */
  static String powerOfTen(int exponent) {
    StringBuilder text = new StringBuilder(exponent < 0 ? "10⁻" : "10");
    Integer.toString(Math.abs(exponent))
        .chars()
        .forEach(digit -> text.append(SUPERSCRIPTS.charAt(digit - '0')));
    return text.toString();
  }

  /** Formats as {@code 1.23e30}: without plus or leading zeros in the exponent. */
  private static String compact(double value, int decimals) {
    String text = String.format(Locale.ROOT, "%." + decimals + "e", value);
    int e = text.indexOf('e');
    return text.substring(0, e) + "e" + Integer.parseInt(text.substring(e + 1));
  }

  private static String notFinite(double value) {
    return Double.isNaN(value) ? "NaN" : value > 0 ? "∞" : "-∞";
  }

  private static BigDecimal rounded(double value, int decimals) {
    return BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP);
  }

  private static String plain(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }
}
