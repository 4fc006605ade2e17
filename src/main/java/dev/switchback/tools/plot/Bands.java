package dev.switchback.tools.plot;

import java.util.List;

/** A range of values divided into equal bands, coloured from blue through white to orange. */
record Bands(double from, double to, int count) {
  /** Returns the lower end of a band; for band {@link #count}, the end of the range. */
  double level(int band) {
    return from + (to - from) * band / count;
  }

  /** Returns the colour at the middle of a band. */
  Colour colour(int band) {
    return Colour.ofOutput((band + 0.5f) / count);
  }

  /**
   * Paints a grid over an area. Each band also covers everything above it, so that no seams show.
   * Values beyond the range get the colours of its ends; unknown values are grey.
   */
  void paint(Svg svg, Area area, Grid grid) {
    if (grid.hasUnknown()) {
      svg.rect(area, "fill=" + Colour.UNKNOWN);
      path(svg, area, grid, Double.NEGATIVE_INFINITY, colour(0));
    } else {
      svg.rect(area, "fill=" + colour(0));
    }
    for (int band = 1; band < count; band++) {
      path(svg, area, grid, level(band), colour(band));
    }
  }

  private static void path(Svg svg, Area area, Grid grid, double level, Colour colour) {
    List<Polyline> regions = Contours.regions(grid, level);
    String data = PathData.of(regions, area, grid.side());
    if (!data.isEmpty()) {
      svg.path(data, "fill=" + colour);
    }
  }

  /**
   * Draws a colour bar, lowest band at the bottom, with its title above and ticks on its right
   * edge.
   */
  void legend(Svg svg, Area bar, String title, List<Tick> ticks) {
    svg.text(bar.left(), bar.top() - 14, title);
    for (int band = 0; band < count; band++) {
      double top = bar.top();
      double height = bar.height() * (count - band) / count;
      svg.rect(bar.left(), top, bar.width(), height, "fill=" + colour(band));
    }
    new Axes(svg, bar).frame();
    Scale scale = bar.upwards(from, to);
    for (Tick tick : ticks) {
      double y = scale.at(tick.value());
      svg.line(bar.right(), y, bar.right() + 5, y, "stroke=" + Colour.BLACK);
      svg.text(bar.right() + 9, y + 4, tick.label());
    }
  }
}
