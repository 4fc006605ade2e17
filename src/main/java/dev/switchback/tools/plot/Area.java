package dev.switchback.tools.plot;

/** A rectangle of a picture, in pixels; y grows downwards. */
record Area(double left, double top, double width, double height) {
  double right() {
    return left + width;
  }

  double bottom() {
    return top + height;
  }

  /** Returns a scale from left to right. */
  Scale across(double from, double to) {
    return new Scale(from, to, left, right());
  }

  /** Returns a scale from bottom to top. */
  Scale upwards(double from, double to) {
    return new Scale(from, to, bottom(), top);
  }
}
