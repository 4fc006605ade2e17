package dev.switchback.tools.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A place on an axis, and what stands beside it; an empty label is a line alone. */
record Tick(double value, String label) {
  private static final int[] STEPS = {1, 2, 5, 10};

  /** Decades up to here are written out, others as powers. */
  private static final int WRITTEN_DECADES = 3;

  /**
   * Ticks on whole numbers at steps of 1, 2 or 5 times a power of ten, between {@code from} and
   * {@code to} inclusive.
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
   * A tick per decade. Where there are more than {@code most}, only every so many have a label;
   * where there are many more, the others are left out.
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
   * The least 1, 2 or 5 times a power of ten that is not below {@code value}; an excess by what
   * floats round is overlooked.
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

  /** The largest exponent of ten whose power is not above {@code value}, which is above 0. */
  static int exponent(double value) {
    String scientific = String.format(Locale.ROOT, "%.15e", value);
    return Integer.parseInt(scientific.substring(scientific.indexOf('e') + 1));
  }

  /** The number one would write as {@code 2e-5}. */
  static double times(int factor, int exponent) {
    return Double.parseDouble(factor + "e" + exponent);
  }
}
