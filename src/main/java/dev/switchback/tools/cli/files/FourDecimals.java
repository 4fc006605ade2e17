package dev.switchback.tools.cli.files;

import java.util.Locale;

/** Outputs as people read them. */
final class FourDecimals {
  /** Far beyond what people read, and far below where the arithmetic here ends. */
  private static final float LARGEST = 1e9f;

  private FourDecimals() {}

  /**
   * What {@code %.4f} makes of it. {@code Formatter} takes longer to get ready than a network to be
   * read and to answer.
   */
  static String of(float value) {
    if (!(Math.abs(value) < LARGEST)) {
      return String.format(Locale.ROOT, "%.4f", value);
    }
    // A float times ten thousand is an exact double.
    long units = Math.round(Math.abs((double) value) * 10_000);
    String sign = Float.floatToRawIntBits(value) < 0 ? "-" : "";
    String fraction = Long.toString(units % 10_000);
    return sign + units / 10_000 + "." + "0".repeat(4 - fraction.length()) + fraction;
  }
}
