package dev.switchback.tools.plot;

/** The white sheet of every picture, with its size, description and heading. */
final class Sheet {
  /** Free space along the edges, in pixels. */
  static final double MARGIN = 20;

  /** Top of the drawing, below title and subtitle. */
  static final double TOP = 76;

  private static final double TITLE_BASELINE = 34;
  private static final double SUBTITLE_BASELINE = 56;

  private Sheet() {}

  /**
   * Begins a document.
   *
   * @param description the content of the picture, for screen readers
   */
  static Svg begin(double width, double height, String title, String subtitle, String description) {
    Svg svg = new Svg();
    svg.begin(
        "svg",
        "xmlns=http://www.w3.org/2000/svg",
        "width=" + Svg.number(width),
        "height=" + Svg.number(height),
        "viewBox=0 0 " + Svg.number(width) + " " + Svg.number(height),
        "role=img",
        "font-family=" + Lettering.FONTS,
        "font-size=" + Lettering.NORMAL,
        "fill=" + Colour.BLACK);
    svg.addText("title", title).addText("desc", description);
    svg.rect(0, 0, width, height, "fill=#ffffff");
    heading(svg, width, TITLE_BASELINE, title, Lettering.TITLE, Colour.BLACK);
    subtitle(svg, width, subtitle);
    return svg;
  }

  /** Writes a subtitle on a sheet of this width; nothing for a blank one. */
  static void subtitle(Svg svg, double width, String subtitle) {
    heading(svg, width, SUBTITLE_BASELINE, subtitle, Lettering.SUBTITLE, Colour.SOFT);
  }

  private static void heading(
      Svg svg, double width, double baseline, String text, int size, Colour colour) {
    if (!text.isBlank()) {
      String fitting = Lettering.shorten(text.strip(), size, width - 2 * MARGIN);
      svg.text(MARGIN, baseline, fitting, "font-size=" + size, "fill=" + colour);
    }
  }
}
