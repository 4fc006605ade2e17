package dev.switchback.tools.plot;

/** Colours of what is around the data. */
final class Ink {
  /** Text of less weight. */
  static final Colour SOFT = new Colour(0x55, 0x55, 0x55);

  /** Lines of a grid. */
  static final Colour GRID = new Colour(0xd0, 0xd0, 0xd0);

  /** Where the output is not a number. */
  static final Colour UNKNOWN = new Colour(0x9a, 0x9a, 0x9a);

  private Ink() {}
}
