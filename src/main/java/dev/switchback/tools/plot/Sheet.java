package dev.switchback.tools.plot;

/** The white sheet every picture begins with: its size, what it is, and its heading. */
final class Sheet {
  /** Free space along the edges, in pixels. */
  static final double MARGIN = 20;

  /** Where the drawing begins below title and subtitle. */
  static final double TOP = 76;

  private static final double TITLE_BASELINE = 34;

  /** Baseline of the subtitle. */
  static final double SUBTITLE_BASELINE = 56;

  private Sheet() {}

  /**
   * Begins a document.
   *
   * @param description what the picture shows, for people who listen to it
   */
  static Svg begin(double width, double height, String title, String subtitle, String description) {
    String size = Svg.number(width) + " " + Svg.number(height);
    Svg svg =
        new Svg()
            .begin(
                "svg",
                "xmlns",
                "http://www.w3.org/2000/svg",
                "width",
                width,
                "height",
                height,
                "viewBox",
                "0 0 " + size,
                "role",
                "img",
                "font-family",
                Lettering.FONTS,
                "font-size",
                Lettering.NORMAL,
                "fill",
                Colour.BLACK.hex())
            .addText("title", title)
            .addText("desc", description)
            .rect(0, 0, width, height, "fill", "#ffffff");
    double room = width - 2 * MARGIN;
    heading(svg, TITLE_BASELINE, title, Lettering.TITLE, room, Colour.BLACK);
    heading(svg, SUBTITLE_BASELINE, subtitle, Lettering.SUBTITLE, room, Ink.SOFT);
    return svg;
  }

  private static void heading(
      Svg svg, double baseline, String text, double size, double room, Colour colour) {
    if (!text.isBlank()) {
      String fitting = Lettering.shorten(text.strip(), size, room);
      svg.text(MARGIN, baseline, fitting, "font-size", size, "fill", colour.hex());
    }
  }
}
