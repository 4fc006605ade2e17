package dev.switchback.core;

import java.util.Locale;

/** Formats a loss: five decimals, or three significant digits if it is below 0.001. */
public final class LossText {
  private static final double SMALL = 1e-3;

  private LossText() {}

  public static String of(double loss) {
    return String.format(Locale.ROOT, loss < SMALL && loss > 0 ? "%.2e" : "%.5f", loss);
  }
}
