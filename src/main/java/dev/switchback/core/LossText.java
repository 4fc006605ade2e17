package dev.switchback.core;

import java.util.Locale;

/** A loss for people: five decimals, or three digits where those would show next to nothing. */
public final class LossText {
  private static final double SMALL = 1e-3;

  private LossText() {}

  public static String of(double loss) {
    return String.format(Locale.ROOT, loss < SMALL && loss > 0 ? "%.2e" : "%.5f", loss);
  }
}
