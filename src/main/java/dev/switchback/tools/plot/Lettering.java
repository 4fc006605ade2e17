package dev.switchback.tools.plot;

/**
 * Estimates the width of text in the fonts of the pictures without loading a font. For European
 * letters the width is an upper bound for DejaVu Sans, which is about as wide as Verdana and wider
 * than the other fonts.
 */
final class Lettering {
  /** The fonts, preferred first. */
  static final String FONTS = "DejaVu Sans, Verdana, Helvetica, Arial, sans-serif";

  /** Smallest size of text in any picture, in pixels. */
  static final int SMALL = 11;

  static final int NORMAL = 12;
  static final int SUBTITLE = 13;
  static final int TITLE = 18;

  private static final String NARROW = " !'()*,-./:;I[\\]fijlrt|";
  private static final String WIDE = "%@MWm";
  private static final String ELLIPSIS = "…";

  private Lettering() {}

  /** Returns an upper bound of the width in pixels. */
  static double width(String text, double size) {
    return size * text.codePoints().mapToDouble(Lettering::ems).sum();
  }

  private static double ems(int c) {
    if (c > '~') {
      return c > 0xffff ? 1.3 : 1.1;
    }
    if (NARROW.indexOf(c) >= 0) {
      return c == '*' ? 0.5 : 0.42;
    }
    if (WIDE.indexOf(c) >= 0) {
      return 1.01;
    }
    boolean isSmall = (c >= 'a' && c <= 'z' && c != 'w') || (c >= '0' && c <= '9');
    return isSmall ? 0.64 : 0.85;
  }

  /** Returns the text if it fits into {@code pixels}, else its beginning and an ellipsis. */
  static String shorten(String text, double size, double pixels) {
    if (width(text, size) <= pixels) {
      return text;
    }
    int end = text.length();
    while (end > 0 && width(text.substring(0, end) + ELLIPSIS, size) > pixels) {
      end = text.offsetByCodePoints(end, -1);
    }
    return text.substring(0, end).stripTrailing() + ELLIPSIS;
  }
}
