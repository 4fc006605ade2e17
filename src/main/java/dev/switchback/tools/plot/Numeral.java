package dev.switchback.tools.plot;

import java.util.Locale;

/** Numbers written for people. */
final class Numeral {
  private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

  private Numeral() {}

  /** A whole number: {@code 100,000}. */
  static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** Exactly so many decimals, for as long as that stays short: {@code 0.9535}, {@code 1e30}. */
  static String decimals(double value, int decimals) {
    if (!Double.isFinite(value)) {
      return notFinite(value);
    }
    return Math.abs(value) < 1e5
        ? unsignedZero(String.format(Locale.ROOT, "%." + decimals + "f", value))
        : compact(value, 2);
  }

  /** Three significant digits: {@code 0.00227}, {@code 47}, {@code 1.83 × 10⁻⁵}. */
  static String threeDigits(double value) {
    if (!Double.isFinite(value)) {
      return notFinite(value);
    }
    if (value == 0) {
      return "0";
    }
    String scientific = String.format(Locale.ROOT, "%.2e", value);
    int e = scientific.indexOf('e');
    int exponent = Integer.parseInt(scientific.substring(e + 1));
    if (exponent < -3 || exponent > 4) {
      return trimmed(scientific.substring(0, e)) + " × " + powerOfTen(exponent);
    }
    return trimmed(String.format(Locale.ROOT, "%." + Math.max(0, 2 - exponent) + "f", value));
  }

  /** At most six characters: {@code -3.41}, {@code 12.3}, {@code -2e-30}. */
  static String brief(double value) {
    if (!Double.isFinite(value)) {
      return notFinite(value);
    }
    double size = Math.abs(value);
    if (size >= 9999.5 || (size > 0 && size < 0.005)) {
      return compact(value, 0);
    }
    int decimals = size < 9.995 ? 2 : size < 99.95 ? 1 : 0;
    return unsignedZero(String.format(Locale.ROOT, "%." + decimals + "f", value));
  }

  /** {@code 10⁻⁵}. */
  static String powerOfTen(int exponent) {
    StringBuilder text = new StringBuilder(exponent < 0 ? "10⁻" : "10");
    Integer.toString(Math.abs(exponent))
        .chars()
        .forEach(digit -> text.append(SUPERSCRIPTS.charAt(digit - '0')));
    return text.toString();
  }

  /** {@code 1.23e30}: no plus, no leading zero of the exponent. */
  private static String compact(double value, int decimals) {
    String text = String.format(Locale.ROOT, "%." + decimals + "e", value);
    int e = text.indexOf('e');
    return text.substring(0, e) + "e" + Integer.parseInt(text.substring(e + 1));
  }

  private static String notFinite(double value) {
    return Double.isNaN(value) ? "NaN" : value > 0 ? "∞" : "-∞";
  }

  private static String trimmed(String decimal) {
    return decimal.contains(".") ? decimal.replaceFirst("\\.?0+$", "") : decimal;
  }

  private static String unsignedZero(String decimal) {
    return decimal.matches("-[0.]+") ? decimal.substring(1) : decimal;
  }
}
