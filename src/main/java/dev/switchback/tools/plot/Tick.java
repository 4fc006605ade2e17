package dev.switchback.tools.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A value on an axis and its label; with an empty label, only a line. */
record Tick(double value, String label) {
  private static final int[] STEPS = {1, 2, 5, 10};

  /** Largest exponent of ten that is written as a decimal; others are powers. */
  private static final int WRITTEN_DECADES = 3;

  /**
   * Returns ticks at whole numbers, in steps of 1, 2 or 5 times a power of ten, from {@code from}
   * to {@code to} inclusive.
   *
   * @param most largest number of ticks, at least 2
   */
  static List<Tick> wholeNumbers(double from, double to, int most) {
    double step = Math.max(1, roundUp((to - from) / (most - 1)));
    List<Tick> ticks = new ArrayList<>();
    for (double value = Math.ceil(from / step) * step; value <= to; value += step) {
      ticks.add(new Tick(value, Numeral.count((long) value)));
    }
    return ticks;
  }

  /**
   * Returns a tick per decade. If there are more than {@code most}, only some have labels; if there
   * are many more, those without labels are omitted.
   */
  static List<Tick> decades(int from, int to, int most) {
    int step = (int) Math.max(1, roundUp((to - from) / (double) (most - 1)));
    List<Tick> ticks = new ArrayList<>();
    for (int decade = from; decade <= to; decade++) {
      if (decade % step == 0) {
        ticks.add(new Tick(decade, decade(decade)));
      } else if (to - from <= 3 * most) {
        ticks.add(new Tick(decade, ""));
      }
    }
    return ticks;
  }

  private static String decade(int exponent) {
    if (Math.abs(exponent) > WRITTEN_DECADES) {
      return Numeral.powerOfTen(exponent);
    }
    String zeros = "0".repeat(Math.abs(exponent));
    return exponent < 0 ? "0." + zeros.substring(1) + "1" : "1" + zeros;
  }

  /**
   * Returns the smallest 1, 2 or 5 times a power of ten that is not below {@code value}. Ignores an
   * excess of a rounding error.
   *
   * @param value above 0
   */
  static double roundUp(double value) {
    int exponent = exponent(value);
    for (int step : STEPS) {
      double rounded = times(step, exponent);
      if (rounded >= value * (1 - 1e-6)) {
        return rounded;
      }
    }
    throw new IllegalArgumentException("nothing to round up: " + value);
  }

  /**
   * Returns the largest exponent of ten whose power is not above {@code value}, which is positive.
   */
  static int exponent(double value) {
    String scientific = String.format(Locale.ROOT, "%.15e", value);
    return Integer.parseInt(scientific.substring(scientific.indexOf('e') + 1));
  }

  /** Returns {@code factor} times ten to the {@code exponent}, such as 2e-5. */
  static double times(int factor, int exponent) {
    return Double.parseDouble(factor + "e" + exponent);
  }
}
