package dev.switchback.tools.plot;

/**
 * A linear scale that maps {@code from} to {@code start} and {@code to} to {@code end}, in pixels.
 */
record Scale(double from, double to, double start, double end) {
  /** Returns the pixel position of a value. */
  double at(double value) {
    return start + (value - from) / (to - from) * (end - start);
  }
}
