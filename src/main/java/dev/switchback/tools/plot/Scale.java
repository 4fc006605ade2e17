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

  /** Where a value lies; one beyond the ends lies at the end. */
  double clamped(double value) {
    return at(Math.clamp(value, Math.min(from, to), Math.max(from, to)));
  }
}
