package dev.switchback.tools.plot;

/**
 * A linear scale: the value {@code from} lies at {@code start}, {@code to} at {@code end}, in
 * pixels.
 */
record Scale(double from, double to, double start, double end) {
  /** Where a value lies. */
  double at(double value) {
    return start + (value - from) / (to - from) * (end - start);
  }
}
