package dev.switchback.tools.plot;

import java.util.HexFormat;

/**
 * A colour in sRGB.
 *
 * @param red 0 to 255
 * @param green 0 to 255
 * @param blue 0 to 255
 */
public record Colour(int red, int green, int blue) {
  /** Class 0: the blue end of the palette. */
  public static final Colour BLUE = new Colour(0x21, 0x66, 0xac);

  /** An output of 0.5. */
  public static final Colour WHITE = new Colour(0xf7, 0xf7, 0xf7);

  /** Class 1, and the lit LED: the orange end of the palette. */
  public static final Colour ORANGE = new Colour(0xe0, 0x82, 0x14);

  /** Marks, and the contour at output 0.5. */
  public static final Colour BLACK = new Colour(0x1c, 0x1c, 0x1c);

  /** Curves and bars; readable on dark and light backgrounds. */
  public static final Colour ACCENT = new Colour(0x43, 0x93, 0xc3);

  /** Secondary text; readable on dark and light backgrounds. */
  public static final Colour GREY = new Colour(0x80, 0x80, 0x80);

  /** In pictures: secondary text. */
  static final Colour SOFT = new Colour(0x55, 0x55, 0x55);

  /** In pictures: grid lines. */
  static final Colour GRID = new Colour(0xd0, 0xd0, 0xd0);

  /** In pictures: an output that is not a number. */
  static final Colour UNKNOWN = new Colour(0x9a, 0x9a, 0x9a);

  /** The palette in exact colours of 256-colour terminals. */
  private static final Colour[] STEPS = {
    new Colour(0, 95, 175),
    new Colour(95, 135, 215),
    new Colour(135, 175, 215),
    new Colour(175, 215, 255),
    new Colour(255, 255, 255),
    new Colour(255, 215, 175),
    new Colour(255, 175, 95),
    new Colour(255, 135, 0),
    new Colour(215, 135, 0),
  };

  private static final int[] CUBE_LEVELS = {0, 95, 135, 175, 215, 255};

  /**
   * Returns the colour of an output in the diverging palette blue, white, orange. The palette is
   * readable with any colour vision.
   *
   * @param output 0 is blue, 1 is orange; values beyond are clamped; NaN is grey
   */
  public static Colour ofOutput(float output) {
    if (Float.isNaN(output)) {
      return GREY;
    }
    float t = Math.clamp(output, 0f, 1f);
    return t < 0.5f ? BLUE.mix(WHITE, 2 * t) : WHITE.mix(ORANGE, 2 * t - 1);
  }

  /** Returns the colour in nine steps, each exact on a 256-colour terminal. */
  static Colour ofOutputIn256(float output) {
    int step = (int) (Math.clamp(output, 0f, 1f) * STEPS.length);
    return Float.isNaN(output) ? GREY : STEPS[Math.min(step, STEPS.length - 1)];
  }

  /** Returns black or white, the one that is readable on this colour. */
  Colour readableOn() {
    return 3 * red + 6 * green + blue > 10 * 140 ? BLACK : WHITE;
  }

  /** Returns the colour in SVG and HTML notation: {@code #2166ac}. */
  @Override
  public String toString() {
    return "#" + HexFormat.of().formatHex(new byte[] {(byte) red, (byte) green, (byte) blue});
  }

  private Colour mix(Colour end, float share) {
    return new Colour(
        Math.round(red + share * (end.red - red)),
        Math.round(green + share * (end.green - green)),
        Math.round(blue + share * (end.blue - blue)));
  }

  /** Returns the nearest of the 216 cube and 24 grey colours that 256-colour terminals share. */
  int index256() {
    int r = cubeIndex(red);
    int g = cubeIndex(green);
    int b = cubeIndex(blue);
    int grey = Math.clamp((red + green + blue) / 3 / 10, 1, 23);
    int greyLevel = 8 + 10 * grey;
    int toCube = distance(CUBE_LEVELS[r], CUBE_LEVELS[g], CUBE_LEVELS[b]);
    boolean isGrey = distance(greyLevel, greyLevel, greyLevel) < toCube;
    return isGrey ? 232 + grey : 16 + 36 * r + 6 * g + b;
  }

  private static int cubeIndex(int level) {
    int nearest = 0;
    for (int k = 1; k < CUBE_LEVELS.length; k++) {
      if (Math.abs(CUBE_LEVELS[k] - level) < Math.abs(CUBE_LEVELS[nearest] - level)) {
        nearest = k;
      }
    }
    return nearest;
  }

  private int distance(int r, int g, int b) {
    return (red - r) * (red - r) + (green - g) * (green - g) + (blue - b) * (blue - b);
  }
}
